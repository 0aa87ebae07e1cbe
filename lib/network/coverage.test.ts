import { describe, expect, it } from "vitest";
import { type CoverageInput, type CoverageWorkspace, coverageOf } from "./coverage";
import { tagRanges } from "./required";
import { cluster, eastUs, eastUsIpv6, known, westUs, workspace } from "./testing";

const coverage = (change: Partial<CoverageInput> = {}) => coverageOf(cluster(change));
const states = (change: Partial<CoverageInput>) => Object.fromEntries(coverage(change).ranges.map(({ prefix, state }) => [prefix, state]));
const kinds = (change: Partial<CoverageInput>) => coverage(change).entries.map(({ raw, kind }) => `${raw} ${kind}`);
const office = "203.0.113.0/28";

describe("the state of the whole", () => {
  it.each<[string, Partial<CoverageInput>, string, string]>([
    ["every range is let in", { authorizedRanges: [office, ...eastUs, ...westUs] }, "covered", "lets in all 14 ranges"],
    ["wider entries let them in", { authorizedRanges: ["0.0.0.0/1"] }, "covered", "all 14"],
    ["the pair's are not let in", { authorizedRanges: [...eastUs] }, "partly", "does not let in 5 of 14 ranges"],
    ["none is let in", { authorizedRanges: [office] }, "missing", "none of the 14"],
    ["the load balancer alone is let in", { authorizedRanges: ["0.0.0.0/32"] }, "missing", "none of the 14"],
    ["there is no list", { authorizedRanges: null }, "open", "every address may call it"],
    ["the list is empty", { authorizedRanges: [] }, "open", "every address may call it"],
    ["one entry opens all", { authorizedRanges: [office, "0.0.0.0/0"] }, "open", "0.0.0.0/0 lets in every address"],
    ["the cluster is private", { authorizedRanges: [office], isPrivate: true }, "not-applicable", "private"],
    ["a tag lets in all", { authorizedRanges: ["AzureMachineLearning"] }, "covered", "all 14"],
    ["a tag lets in a region", { authorizedRanges: ["AzureMachineLearning.EastUS", ...westUs] }, "covered", "all 14"],
    ["a tag is not known", { authorizedRanges: ["AzureCloud"] }, "unknown", "“AzureCloud” lets in is not known"],
    ["a tag is not known and not needed", { authorizedRanges: ["AzureCloud", ...eastUs, ...westUs] }, "covered", "all 14"],
    ["an entry cannot be read", { authorizedRanges: ["20.42.0.245/28"] }, "unknown", "“20.42.0.245/28” lets in is not known"],
    ["the region has no tag", { location: "westindia" }, "unknown", "nothing of Azure ML in westindia"],
    ["the pair has no tag", { location: "centralus", authorizedRanges: ["20.0.0.0/8"] }, "unknown", "nothing of Azure ML in eastus2"],
    ["there is no global tag", { scope: "global", known: { ...known, global: null } }, "unknown", "nothing of Azure ML in eastus"],
  ])("when %s", (_, change, state, reason) => {
    const found = coverage(change);
    expect(found.state).toBe(state);
    expect(found.reason).toContain(reason);
  });
});

describe("a required range", () => {
  it("is covered by several entries together, and names them all", () => {
    const found = coverage({ authorizedRanges: [office, "20.42.0.248/29", "20.42.0.240/29"] }).ranges.find(
      ({ prefix }) => prefix === "20.42.0.240/28",
    );
    expect(found).toMatchObject({ state: "covered", coveredBy: ["20.42.0.248/29", "20.42.0.240/29"], missing: [] });
  });

  it("is partial with what is missing of it", () => {
    const found = coverage({ authorizedRanges: ["20.42.0.245", "20.42.0.248/29"] }).ranges.find(
      ({ prefix }) => prefix === "20.42.0.240/28",
    );
    expect(found).toMatchObject({
      state: "partial",
      coveredBy: ["20.42.0.245", "20.42.0.248/29"],
      missing: ["20.42.0.240/30", "20.42.0.244/32", "20.42.0.246/31"],
    });
  });

  it("of IPv6 is not applicable and never missing, whatever the list holds", () => {
    expect(states({ authorizedRanges: [office] })[eastUsIpv6]).toBe("not-applicable");
    expect(states({ authorizedRanges: [eastUsIpv6] })[eastUsIpv6]).toBe("not-applicable");
    const found = coverage({ authorizedRanges: [...eastUs, ...westUs] });
    expect(found.state).toBe("covered");
    expect(found.notes.join()).toContain("IPv6 ranges do not apply");
    expect(found.budget.after).toBe(14);
  });

  it("that is new is not in use for seven days", () => {
    const fresh = tagRanges(["20.42.0.240/28"], new Map([["20.42.0.240/28", "2025-10-28T00:00:00Z"]]));
    const [range] = coverage({ known: { ...known, regional: new Map([["eastus", fresh]]) }, scope: "region" }).ranges;
    expect(range).toMatchObject({ firstSeen: "2025-10-28T00:00:00Z", notInUseBefore: "2025-11-04T00:00:00.000Z" });
  });
});

describe("the scope", () => {
  const needed = (change: Partial<CoverageInput>) =>
    coverage(change).ranges.flatMap(({ cidr, prefix }) => (cidr.family === 4 ? [prefix] : []));

  it("is the region alone, with its pair, or all", () => {
    expect(needed({ scope: "region" })).toEqual(eastUs);
    expect(needed({})).toHaveLength(eastUs.length + westUs.length);
    expect(needed({ scope: "global" })).toHaveLength(255);
  });

  it("goes by the workspaces, and by the cluster only when there is none", () => {
    expect(coverage({ location: "eastus", workspaces: [workspace({ region: "westus" })], scope: "region" }).required.regions).toEqual([
      "westus",
    ]);
    expect(coverage({ location: "eastus", workspaces: [], scope: "region" }).required.regions).toEqual(["eastus"]);
  });

  it("says so where a region has no pair, and not where pairs do not count", () => {
    expect(coverage({ location: "qatarcentral" }).notes).toContain("qatarcentral has no paired region: its own ranges are all that count.");
    expect(coverage({ location: "qatarcentral", scope: "region" }).notes.join()).not.toContain("no paired region");
  });

  it("holds a range of two regions once, and names both", () => {
    const regional = new Map([
      ["eastus", tagRanges(eastUs)],
      ["westus", tagRanges(eastUs)],
    ]);
    const { ranges } = coverage({ known: { ...known, regional } });
    expect(ranges).toHaveLength(eastUs.length);
    expect(ranges[0]?.regions).toEqual(["eastus", "westus"]);
  });
});

it("tells entries apart, in their order and spelling", () => {
  expect(
    kinds({
      authorizedRanges: [
        office,
        "20.42.0.245",
        "40.71.11.0/24",
        "13.1.2.0/24",
        "13.1.3.0/24",
        "13.1.4.0/24",
        "0.0.0.0/32",
        "AzureCloud",
        "AzureMachineLearning.EastUS",
        "2603::/32",
        "10.0.0.1/8",
      ],
      ledger: [
        { prefix: "13.1.2.0/24", addedAt: "2025-11-01T00:00:00Z", purpose: "azure-ml" as const },
        { prefix: "20.42.0.245/32", addedAt: "2025-11-01T00:00:00Z", purpose: "azure-ml" as const },
        { prefix: "13.1.4.0/24", addedAt: "2025-11-01T00:00:00Z", purpose: "extra" as const },
      ],
    }),
  ).toEqual([
    `${office} foreign`,
    "20.42.0.245 needed",
    "40.71.11.0/24 needed",
    "13.1.2.0/24 stale",
    "13.1.3.0/24 foreign",
    "13.1.4.0/24 asked",
    "0.0.0.0/32 slb-only",
    "AzureCloud service-tag",
    "AzureMachineLearning.EastUS service-tag",
    "2603::/32 foreign",
    "10.0.0.1/8 unreadable",
  ]);
  const [tag, bad] = coverage({ authorizedRanges: ["AzureMachineLearning.EastUS", "10.0.0.1/8"] }).entries;
  expect(tag?.note).toContain("all of its 10 ranges");
  expect(bad?.note).toContain("Write 10.0.0.0/8");
});

it("counts the budget: 200, or 2,000 with VNet integration; the tag of all regions never fits 200", () => {
  expect(coverage({ authorizedRanges: [office] }).budget).toEqual({ used: 1, after: 15, limit: 200 });
  expect(coverage({ authorizedRanges: [office], vnetIntegration: true }).budget.limit).toBe(2000);
  const global = coverage({ authorizedRanges: [office], scope: "global" }).budget;
  expect(global).toEqual({ used: 1, after: 256, limit: 200 });
  expect(coverage({ authorizedRanges: [] }).budget).toEqual({ used: 0, after: 0, limit: 200 });
});

it("a list that lets in all that a tag still has, after it lost ranges, is not called covered", () => {
  const whole = { authorizedRanges: [office, ...eastUs, ...westUs] };
  expect(coverage(whole).state).toBe("covered");
  const doubted = coverage({ ...whole, isDoubtful: (regions) => regions.includes("westus") });
  expect(doubted).toMatchObject({ state: "unknown", reason: expect.stringContaining("A tag lost ranges") });
  expect(coverage({ authorizedRanges: [office], isDoubtful: () => true }).state).toBe("missing");
});

describe("the way out of the nodes", () => {
  const egress = (change: Partial<CoverageInput>) => coverage({ authorizedRanges: [office], ...change }).egress;

  it.each<[string, Partial<CoverageInput>, string, string]>([
    [
      "is listed",
      { egress: { addresses: ["203.0.113.4"] }, outboundType: "userDefinedRouting" },
      "listed",
      "one address, let in by the list",
    ],
    [
      "is absent behind a firewall",
      { egress: { addresses: ["52.1.2.3"] }, outboundType: "userDefinedRouting" },
      "absent",
      "one address, let in by no entry",
    ],
    ["is the load balancer's", { egress: { addresses: ["52.1.2.3"] }, outboundType: "loadBalancer" }, "added-by-azure", "by itself"],
    [
      "is not readable",
      { egress: { notReadable: "No right to read the firewall." }, outboundType: "managedNATGateway" },
      "unknown",
      "No right to read the firewall.",
    ],
    [
      "is not readable, and the load balancer's",
      { egress: { notReadable: "No right." }, outboundType: "loadBalancer" },
      "added-by-azure",
      "by itself",
    ],
    ["is empty", { egress: { addresses: [] }, outboundType: null }, "unknown", "No outbound address"],
    [
      "does not matter to an open cluster",
      { authorizedRanges: [], egress: { addresses: ["52.1.2.3"] }, outboundType: "none" },
      "not-restricted",
      "No list",
    ],
  ])("%s", (_, change, state, says) => {
    expect(egress(change).state).toBe(state);
    expect(egress(change).sentence).toContain(says);
  });
});

describe("a workspace", () => {
  const of = (workspaces: CoverageWorkspace[], authorizedRanges: string[]) =>
    coverage({ workspaces, authorizedRanges, scope: "region" }).workspaces;

  it("is judged by the ranges of its own region", () => {
    const found = of([workspace({ name: "a" }), workspace({ name: "b", region: "westus" })], [...eastUs]);
    expect(found.map(({ name, state }) => `${name} ${state}`)).toEqual(["a covered", "b missing"]);
  });

  it("has the ranges as a fallback while its binding is in effect, and no other has", () => {
    const found = of([workspace({ name: "a", bindingInEffect: true }), workspace({ name: "b" })], [office]);
    expect(found.map(({ isFallback }) => isFallback)).toEqual([true, false]);
    expect(found[0]?.sentence).toContain("a fallback for this workspace");
    expect(coverage({ workspaces: [workspace({ bindingInEffect: true })], authorizedRanges: [office] }).state).toBe("missing");
  });
});

it("says why a cluster takes no list", () => {
  expect(coverage({ isPrivate: true }).obstacle).toContain("private");
  expect(coverage({ loadBalancerSku: "Basic" }).obstacle).toContain("standard load balancer only");
  expect(coverage({ loadBalancerSku: "Standard" }).obstacle).toBeNull();
  expect(coverage({ loadBalancerSku: null }).obstacle).toBeNull();
});
