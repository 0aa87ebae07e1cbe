import { expect, test } from "vitest";
import { planBinding } from "@/lib/bindings/plan";
import { bindingFacts, grantInput, planningContext } from "@/lib/bindings/testing";
import { planChanges } from "./diff";
import { planDigest } from "./digest";
import type { Plan } from "./plan";

const { plan } = planBinding(grantInput({ hours: 8 }), bindingFacts(), planningContext());
if (plan === null) throw new Error("There is no plan.");
const base: Plan = plan;

/** Every part of a plan that an approval is of. Whatever is not named here may change without voiding it. */
const covered = [
  /^kind$/,
  /^cloud$/,
  /^tenantId$/,
  /^steps\.\d+\.(id|via|method|resourceId|apiVersion|action|scope|body\..+)$/,
  /^duration\./,
  /^verdict\.(approvals|approverRole|maxHours|standingAllowed|reasonRequired|ticketRequired|stepUp\..+|executor|requesterMayCarryOn|acceptDeleteLock|refusals.*)$/,
  /^verdict\.rules\.\d+\.id$/,
  /^roles\.\d+\.(fullName|rulesHash|verified)$/,
  /^guardedFacts\.\d+\.(key|verified|value)$/,
];

const leaves = (value: unknown, path: string[] = []): string[][] =>
  value !== null && typeof value === "object" && Object.keys(value).length > 0
    ? Object.entries(value).flatMap(([key, part]) => leaves(part, [...path, key]))
    : [path];

function altered(path: string[]): Plan {
  // Through JSON, so that no part is shared with another.
  const copy = JSON.parse(JSON.stringify(base)) as Record<string, unknown>;
  const last = path.at(-1) ?? "";
  const parent = path.slice(0, -1).reduce<Record<string, unknown>>((at, key) => at[key] as Record<string, unknown>, copy);
  const value = parent[last];
  parent[last] =
    typeof value === "boolean"
      ? !value
      : typeof value === "number"
        ? value + 1
        : typeof value === "string"
          ? `${value}x`
          : Array.isArray(value)
            ? ["x"]
            : "x";
  return copy as unknown as Plan;
}

const paths = leaves(base);
/** The parts that change the digest (or are told as a change, in either direction) though they should not, and the reverse. */
const wrongly = (counts: (other: Plan) => boolean): string[] =>
  paths.filter((path) => counts(altered(path)) !== covered.some((pattern) => pattern.test(path.join(".")))).map((path) => path.join("."));

test("the digest covers exactly the parts that an approval is of", () => {
  expect(paths.length).toBeGreaterThan(150);
  expect(wrongly((other) => planDigest(other) !== planDigest(base))).toEqual([]);
});

test("every part that the digest covers is told when it changes, and no other", () => {
  expect(wrongly((other) => planChanges(base, other).length > 0)).toEqual([]);
  expect(wrongly((other) => planChanges(other, base).length > 0)).toEqual([]);
});

test("the digest of a plan is the same in every version of Bindery, or open approvals would be void", () => {
  expect(planDigest(base)).toMatchInlineSnapshot(`"4142f09ff770a2bd9f4c208a5f1e925ee08d1c7b44e2b43ce3d61125acef41c8"`);
});

test("a plan that was stored as JSON and read back has the same digest", () => {
  expect(planDigest(JSON.parse(JSON.stringify(base)) as Plan)).toBe(planDigest(base));
});
