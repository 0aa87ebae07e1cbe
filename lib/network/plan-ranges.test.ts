import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addressSet, holds } from "./address-set";
import { parseCidr } from "./cidr";
import { type CoverageInput, coverageOf } from "./coverage";
import { planRanges, type RangeChoice, type RangePlan } from "./plan-ranges";
import { cluster, eastUs, known, westUs } from "./testing";

const office = "203.0.113.0/28";
const made = (change: Partial<CoverageInput>, choice: Partial<RangeChoice> = {}) =>
  planRanges(coverageOf(cluster({ scope: "region", ...change })), { addMissing: true, ...choice });
function planOf(change: Partial<CoverageInput>, choice: Partial<RangeChoice> = {}): RangePlan {
  const result = made(change, choice);
  if ("refusals" in result) throw new Error(JSON.stringify(result.refusals));
  return result.plan;
}
const refusals = (change: Partial<CoverageInput>, choice: Partial<RangeChoice> = {}): string => {
  const result = made(change, choice);
  return "refusals" in result ? result.refusals.map(({ text }) => text).join("\n") : "";
};

describe("a new list", () => {
  it("keeps what is there byte for byte and in its order, and puts what is missing behind it in numeric order", () => {
    const authorizedRanges = [
      "198.51.100.17",
      office,
      "52.255.217.127",
      "20.42.0.240/28",
      "AzureCloud",
      "not/readable",
      "2603:1030:0210::/48",
    ];
    expect(planOf({ authorizedRanges })).toEqual({
      list: [...authorizedRanges, ...eastUs.slice(1, -1)],
      added: eastUs.slice(1, -1),
      removed: [],
      turnsOnRestriction: false,
    });
  });

  it("adds the whole of a range that is partly let in", () => {
    expect(planOf({ authorizedRanges: ["20.42.0.240/29", ...eastUs.slice(1)] }).added).toEqual(["20.42.0.240/28"]);
  });

  it("refuses to take out what it would add again", () => {
    const [needed = ""] = eastUs;
    const ledger = [{ prefix: needed, addedAt: "2026-11-01T00:00:00.000Z", purpose: "azure-ml" as const }];
    const authorizedRanges = [office, needed];
    expect(refusals({ authorizedRanges, ledger }, { remove: [needed] })).toContain(`${needed} is to be taken out and would be added again`);
    expect(planOf({ authorizedRanges, ledger }, { remove: [needed], addMissing: false }).list).toEqual([office]);
  });

  it("adds no IPv6", () => {
    expect(planOf({ authorizedRanges: [office], scope: "region-and-pair" }).added).toEqual([...westUs, ...eastUs].sort(byAddress));
  });

  it("turns on the restriction of an open cluster, and says so", () => {
    expect(planOf({ authorizedRanges: null }, { extra: ["52.1.2.3"] })).toMatchObject({
      list: [...eastUs, "52.1.2.3/32"].sort(byAddress),
      turnsOnRestriction: true,
    });
  });

  it("lets in an address of one's own once, and not when it is let in already", () => {
    const extra = ["52.1.2.3", "52.1.2.3/32", "20.42.0.245", "20.1.0.1"];
    expect(planOf({ authorizedRanges: ["20.1.0.0/16", ...eastUs.slice(1)] }, { extra }).added).toEqual(["20.42.0.240/28", "52.1.2.3/32"]);
  });

  it("merges neighbours on request, and never what is there already", () => {
    const authorizedRanges = ["52.1.2.0/25"];
    const extra = ["52.1.2.128/26", "52.1.2.192/26"];
    expect(planOf({ authorizedRanges }, { addMissing: false, extra }).added).toEqual(["52.1.2.128/26", "52.1.2.192/26"]);
    expect(planOf({ authorizedRanges }, { addMissing: false, extra, mergeAdjacent: true }).list).toEqual(["52.1.2.0/25", "52.1.2.128/25"]);
  });

  it("removes what Bindery added, and adds again what that leaves open", () => {
    const ledger = ["13.1.2.0/24", "20.42.0.0/24"].map((prefix) => ({
      prefix,
      addedAt: "2025-11-01T00:00:00Z",
      purpose: "azure-ml" as const,
    }));
    const authorizedRanges = [office, "13.1.2.0/24", ...eastUs];
    expect(planOf({ authorizedRanges, ledger }, { remove: ["13.1.2.0/24"] })).toMatchObject({
      list: [office, ...eastUs],
      removed: ["13.1.2.0/24"],
    });
    const wide = [office, "20.42.0.0/24", ...eastUs.slice(1)];
    expect(planOf({ authorizedRanges: wide, ledger }, { remove: ["20.42.0.0/24"] }).added).toEqual(["20.42.0.240/28"]);
    expect(planOf({ authorizedRanges: wide, ledger }, { addMissing: false, remove: ["20.42.0.0/24"] }).added).toEqual([]);
  });
});

describe("a list that is refused", () => {
  const full = Array.from({ length: 192 }, (_, at) => `198.18.${at}.0/24`);

  it.each<[string, Partial<CoverageInput>, Partial<RangeChoice>, string]>([
    ["over 200", { authorizedRanges: full }, {}, "would have 201 entries, and AKS takes 200"],
    ["of all regions", { authorizedRanges: [office], scope: "global" }, {}, "would have 256 entries"],
    ["beside 0.0.0.0/32 alone", { authorizedRanges: ["0.0.0.0/32"] }, {}, "0.0.0.0/32 alone"],
    [
      "that became empty",
      { authorizedRanges: ["13.1.2.0/24"], ledger: [{ prefix: "13.1.2.0/24", addedAt: "x", purpose: "azure-ml" as const }] },
      { addMissing: false, remove: ["13.1.2.0/24"] },
      "would become empty",
    ],
    ["that stayed empty", { authorizedRanges: [] }, { addMissing: false }, "nothing to add"],
    ["with IPv6", { authorizedRanges: [office] }, { extra: ["2603:1030:210:1::2c0/122"] }, "is IPv6"],
    ["with a private address", { authorizedRanges: [office] }, { extra: ["10.0.0.4"] }, "Private-Use"],
    ["that opens everything", { authorizedRanges: [office] }, { extra: ["0.0.0.0/0"] }, "no public address"],
    ["with what is no range", { authorizedRanges: [office] }, { extra: ["20.42.0.245/28"] }, "Write 20.42.0.240/28"],
    ["without another's entry", { authorizedRanges: [office, ...eastUs] }, { remove: [office] }, "was not added by Bindery"],
    ["without what is gone", { authorizedRanges: [office] }, { remove: ["1.2.3.4/32"] }, "not in the list any more"],
    ["of a private cluster", { authorizedRanges: null, isPrivate: true }, {}, "private"],
    ["behind a basic load balancer", { authorizedRanges: null, loadBalancerSku: "basic" }, {}, "standard load balancer only"],
  ])("%s", (_, change, choice, says) => {
    expect(refusals(change, choice)).toContain(says);
  });

  it("names which part of the choice each refusal is about", () => {
    const result = made({ authorizedRanges: [office] }, { extra: ["52.1.2.3", "2603:1030::/32"], remove: [office] });
    expect("refusals" in result && result.refusals).toMatchObject([
      { path: "extra.1", text: expect.stringContaining("2603:1030::/32 is IPv6") },
      { path: "remove.0", text: expect.stringContaining(`${office} was not added by Bindery`) },
    ]);
    expect(made({ authorizedRanges: [] }, { addMissing: false })).toMatchObject({ refusals: [{ path: null }] });
  });

  it("not with 200 exactly, nor with 2,000 under VNet integration", () => {
    expect(planOf({ authorizedRanges: full.slice(1) }).list).toHaveLength(200);
    expect(planOf({ authorizedRanges: [office], scope: "global", vnetIntegration: true }).list).toHaveLength(256);
  });
});

it("whatever stands in a list, keeps all of it and lets in all that is required", () => {
  const anyRange = fc
    .tuple(fc.constantFrom(...eastUs, ...westUs), fc.integer({ min: 8, max: 32 }), fc.nat({ max: 255 }))
    .map(([near, bits, step]) => {
      const address = Number(parseCidr(near).base) + step;
      const base = address - (address % 2 ** (32 - bits));
      return `${[24, 16, 8, 0].map((shift) => Math.floor(base / 2 ** shift) % 256).join(".")}/${bits}`;
    });
  fc.assert(
    fc.property(fc.array(anyRange, { minLength: 1, maxLength: 12 }), fc.boolean(), (authorizedRanges, mergeAdjacent) => {
      const { list } = planOf({ authorizedRanges, scope: "region-and-pair" }, { mergeAdjacent });
      expect(list.slice(0, authorizedRanges.length)).toEqual(authorizedRanges);
      const allowed = addressSet(list.map((range) => parseCidr(range)));
      expect([...eastUs, ...westUs].filter((range) => !holds(allowed, parseCidr(range)))).toEqual([]);
      expect(coverageOf(cluster({ authorizedRanges: list, known })).state).toBe("covered");
    }),
    { numRuns: 1000 },
  );
});

function byAddress(a: string, b: string): number {
  return Number(parseCidr(a).base) - Number(parseCidr(b).base);
}
