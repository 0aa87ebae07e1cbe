import { describe, expect, test } from "vitest";
import { clusterOf } from "@/lib/azure/cluster-shape";
import { liveNetworkOf } from "@/lib/network/authorize/live";
import { clusterJson, knownTags, networkFacts, office, readable, refused } from "@/lib/network/authorize/testing";
import type { LedgerEntry } from "@/lib/network/entries";
import { tagRanges } from "@/lib/network/required";
import { eastUs, westUs } from "@/lib/network/testing";
import { planChanges } from "@/lib/plans/diff";
import { planDigest } from "@/lib/plans/digest";
import { teardownFacts, teardownInput, teardownPlan } from "../testing";
import type { TeardownList } from "./network";

const added = eastUs.slice(0, 3);
const list = [office, "198.51.99.7/32", ...added];
const own = (prefix: string, purpose: LedgerEntry["purpose"] = "azure-ml"): LedgerEntry => ({
  prefix,
  addedAt: "2026-11-01T00:00:00.000Z",
  purpose,
});
const other = (region: string) => ({ id: `/w/${region}`, name: region, region, bindingInEffect: true });

function network(ranges: string[] = list, changes: Partial<TeardownList> = {}): TeardownList {
  const { list: _list, ...facts } = networkFacts();
  const json = clusterJson(ranges);
  return {
    ...facts,
    list: readable({ cluster: clusterOf(json), live: liveNetworkOf(json) }),
    ledger: [...added.map((prefix) => own(prefix)), own("198.51.99.7/32", "extra")],
    others: { workspaces: [], unreadWorkspaces: [] },
    region: "eastus",
    ...changes,
  };
}
const plan = (of: TeardownList | undefined, input = teardownInput(), more = {}) =>
  teardownPlan(input, teardownFacts({ ...(of === undefined ? {} : { network: of }), ...more }));

describe("a teardown", () => {
  test("takes the ranges that Bindery added for Azure ML off the list, last, and leaves everything else there", () => {
    const made = plan(network());
    expect(made.steps.at(-1)).toMatchObject({ id: "put-ranges", method: "PUT" });
    expect(made.network?.list).toMatchObject({ after: [office, "198.51.99.7/32"], removed: added, added: [] });
    expect(made.guardedFacts.map(({ key }) => key)).toContain("authorized-ranges");
    expect(made.risk.reasons.map(({ code }) => code)).toEqual(["unseen-workspaces", "removal", "interrupts"]);
  });

  test("has no such step on an open cluster, and where Bindery added nothing", () => {
    for (const of of [undefined, network(list, { ledger: [] }), network([office])]) {
      expect(plan(of).steps.map(({ id }) => id)).not.toContain("put-ranges");
      expect(plan(of).network).toBeUndefined();
    }
  });

  test("leaves what other workspaces need, and everything while that is not known", () => {
    const apart = readable(
      knownTags({
        regional: new Map([
          ["eastus", tagRanges(eastUs)],
          ["uksouth", tagRanges(added.slice(0, 1))],
        ]),
      }),
    );
    const shared = { others: { workspaces: [other("uksouth")], unreadWorkspaces: [] }, tags: apart };
    expect(plan(network(list, shared)).network?.list.removed).toEqual(added.slice(1));
    const none = (changes: Partial<TeardownList>) => {
      const made = plan(network(list, changes));
      expect(made.network).toBeUndefined();
      return made.stays.join();
    };
    expect(none({ others: { workspaces: [other("eastus")], unreadWorkspaces: [] } })).toContain(
      "other workspaces of the cluster need them",
    );
    expect(none({ others: { workspaces: [], unreadWorkspaces: ["Not all could be read."] } })).toContain("not known");
    expect(none({ ...shared, tags: refused("x/read", "/s") })).toContain("need them");
    expect(none({ tags: readable(knownTags({ removalsBlocked: () => "The tag shrank." })) })).toContain("The tag shrank.");
  });

  test("takes nothing whose region it does not know to be this workspace's own, though it sees no other", () => {
    const made = plan(network(list, { region: "uksouth" }));
    expect(made.network).toBeUndefined();
    expect(made.stays.join()).toContain("not known to be of this workspace's region");
  });

  test("never empties a list", () => {
    const made = plan(network(added));
    expect(made.network).toBeUndefined();
    expect(made.stays.join()).toContain("empty list lets in every address");
  });

  test("keeps the ranges with a workspace that keeps a compute", () => {
    const two = teardownFacts().computes;
    const computes =
      two.state === "ok" ? readable([...two.value, ...two.value.map((one) => ({ ...one, id: `${one.id}-2`, name: "k8s-two" }))]) : two;
    expect(plan(network(), teardownInput({ computes: ["k8s-dev"], extension: "keep" }), { computes }).network).toBeUndefined();
  });

  test("held against its approval is the same with other tags, and void when somebody changes the list", () => {
    const approved = plan(network());
    const again = (of: TeardownList) => plan(of, teardownInput(), { baseline: approved });
    expect(planDigest(again(network(list, { tags: refused("x/read", "/s") })))).toBe(planDigest(approved));
    expect(planChanges(approved, again(network([...list, westUs[0] ?? ""]))).join()).toContain("was added");
  });

  test("held against its approval is void once another workspace needs what it takes, or its service tags are withdrawn", () => {
    const approved = plan(network());
    const again = (changes: Partial<TeardownList>) => plan(network(list, changes), teardownInput(), { baseline: approved });
    const came = again({ others: { workspaces: [other("eastus")], unreadWorkspaces: [] } });
    expect(planChanges(approved, came)).not.toEqual([]);
    expect(came.steps.map(({ id }) => id)).not.toContain("put-ranges");
    const otherTags = new Map([["eastus", tagRanges(eastUs.filter((range) => !added.includes(range)))]]);
    const withdrawn = again({ tags: readable(knownTags({ regional: otherTags, isWithdrawn: (id) => id === "snapshot-1" })) });
    expect(planChanges(approved, withdrawn)).not.toEqual([]);
    expect(approved.network?.tags?.snapshotId).toBe("snapshot-1");
  });
});
