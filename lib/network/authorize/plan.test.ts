import { describe, expect, test } from "vitest";
import { planningContext } from "@/lib/bindings/testing";
import { planChanges } from "@/lib/plans/diff";
import { planDigest } from "@/lib/plans/digest";
import type { NetworkPlan } from "@/lib/plans/plan";
import { beforeAndAfter, planName } from "@/lib/plans/words";
import { tagRanges } from "../required";
import { eastUs, westUs } from "../testing";
import { networkExports } from "./exports";
import type { NetworkFacts } from "./facts";
import { planAuthorize } from "./plan";
import type { NetworkInput } from "./schema";
import { egress, knownTags, networkFacts, networkInput, office, planned, readable, refused } from "./testing";

const [first = "", ...others] = eastUs;
const outcome = (input: Partial<NetworkInput> = {}, facts: NetworkFacts = networkFacts()) =>
  planAuthorize(networkInput(input), facts, planningContext());
const plan = (input: Partial<NetworkInput> = {}, facts: NetworkFacts = networkFacts()): NetworkPlan => planned(outcome(input, facts).plan);
const blocking = (input: Partial<NetworkInput> = {}, facts: NetworkFacts = networkFacts()): string[] =>
  outcome(input, facts)
    .checks.filter(({ status }) => status === "blocking")
    .map(({ message }) => message);
const reasons = ({ risk }: NetworkPlan): string[] => risk.reasons.map(({ level, code }) => `${level} ${code}`);
const own = (range: string, purpose: "azure-ml" | "extra" = "azure-ml") => ({
  prefix: range,
  addedAt: "2026-11-01T00:00:00.000Z",
  purpose,
});

describe("the plan", () => {
  test("is one PUT of the cluster that replaces the list alone: what is there first and as it was, then what is missing", () => {
    const made = plan();
    const after = [office, first, ...others, ...westUs];
    expect(new Set(made.network.list.after)).toEqual(new Set(after));
    expect(made.network.list.after.slice(0, 2)).toEqual([office, first]);
    expect(made.network.list).toMatchObject({ before: [office, first], removed: [] });
    expect(made.steps).toMatchObject([
      {
        id: "put-ranges",
        method: "PUT",
        resourceId: made.target.clusterId,
        body: { properties: { apiServerAccessProfile: { authorizedIPRanges: made.network.list.after } } },
        action: "Microsoft.ContainerService/managedClusters/write",
      },
    ]);
    expect(made).toMatchObject({
      kind: "network-authorize",
      network: { scope: "region-and-pair", regions: ["eastus", "westus"], turnsOnRestriction: false, limit: 200 },
    });
    expect(made.sentence).toBe("Let in 13 ranges of Azure ML (eastus, westus), at the API server of aks-dev.");
  });

  test("names the snapshot that it rests on, and the regions that counted", () => {
    expect(plan().network.tags).toEqual({ snapshotId: "snapshot-1", since: "2026-11-20T00:00:00.000Z" });
    expect(plan({ scope: "region" }).network.list.added).toEqual(others);
    expect(plan({ addMissing: false, extra: [{ range: "198.51.99.7", for: "own" }] }).network.tags).toBeNull();
  });

  test("rests on the list, the rest of the access profile, the network profile and the cluster", () => {
    const { guardedFacts, voidedBy } = plan();
    expect(guardedFacts.map(({ key }) => key)).toEqual([
      "cluster-id",
      "cluster-uid",
      "authorized-ranges",
      "access-profile",
      "network-profile",
    ]);
    expect(guardedFacts.every(({ verified }) => verified)).toBe(true);
    expect(guardedFacts[3]?.value).toEqual({ unknownOfProfile: 1 });
    expect(voidedBy).toContain("Somebody adds an entry to the authorized ranges of the cluster, or removes one.");
  });

  test("says for the record what was there and what is", () => {
    const made = plan();
    expect(beforeAndAfter(made)).toEqual({
      before: { authorizedIPRanges: made.network.list.before },
      after: { authorizedIPRanges: made.network.list.after },
    });
    expect(planName(made)).toBe("The list of authorized ranges of aks-dev");
  });

  test("is exported with all entries, and says that templates hold only a part of the cluster", () => {
    const { az, terraform, bicep } = networkExports(plan());
    for (const text of [az, terraform, bicep]) for (const range of [office, ...eastUs, ...westUs]) expect(text).toContain(range);
    expect(az).toContain("az aks update");
    for (const text of [terraform, bicep]) expect(text).toContain("no resource of its own");
  });

  test("keeps a service tag and an address alone byte for byte", () => {
    const list = ["AzureMachineLearning.WestUS2", "203.0.113.77", office];
    expect(plan({}, networkFacts(list)).network.list.after.slice(0, 3)).toEqual(list);
  });
});

describe("the risk", () => {
  test("of more addresses is medium, and says so", () => {
    expect(reasons(plan())).toEqual(["medium opens-addresses"]);
  });

  test("of the first restriction is critical, and asks for two persons by the built-in policy", () => {
    const made = plan({}, networkFacts(null));
    expect(reasons(made)).toEqual(["critical first-restriction", "critical own-address-not-given"]);
    expect(made.network).toMatchObject({ turnsOnRestriction: true, list: { before: [] } });
    expect(made.verdict.approvals).toBe(2);
    expect(plan().verdict.approvals).toBe(1);
    expect(made.network.lockOut).toHaveLength(2);
    expect(made.sentence).toContain("which is open to every address");
    const given = plan({ extra: [{ range: "198.51.99.7", for: "own" }] }, networkFacts([]));
    expect(reasons(given)).toEqual(["critical first-restriction"]);
  });

  test("of nodes that cannot reach their own API server is critical where the list brings it about", () => {
    const udr = { networkProfile: { outboundType: "userDefinedRouting", loadBalancerSku: "standard" } };
    const open = networkFacts([], {}, udr);
    expect(reasons(plan({}, open))).toContain("critical egress-absent");
    expect(reasons(plan({ extra: [{ range: egress, for: "egress" }] }, open))).not.toContain("critical egress-absent");
    expect(reasons(plan({}, networkFacts([office], {}, udr)))).toContain("medium egress-absent");
    expect(reasons(plan({}, networkFacts([], { egress: { notReadable: "no right." } }, udr)))).toContain("critical egress-unknown");
    const removing = networkFacts([office, `${egress}/32`], { ledger: [own(`${egress}/32`, "extra")] }, udr);
    expect(reasons(plan({ addMissing: false, remove: [`${egress}/32`] }, removing))).toContain("critical egress-absent");
  });

  test("of wide ranges grows with them", () => {
    const extra = (range: string) => reasons(plan({ addMissing: false, extra: [{ range, for: "other" }] }));
    expect(extra("20.40.0.0/14")).toContain("critical wide-range:20.40.0.0/14");
    expect(extra("20.40.0.0/20")).toContain("medium wide-range:20.40.0.0/20");
    expect(extra("20.40.1.0/24")).toEqual(["medium opens-addresses"]);
  });

  test("of a removal names who is locked out", () => {
    const made = plan({ addMissing: false, remove: [first] }, networkFacts([office, first], { ledger: [own(first)] }));
    expect(made.risk).toMatchObject({
      level: "critical",
      reasons: [{ code: "removal", text: expect.stringContaining("Azure ML calls from") }],
    });
    expect(made.network.list).toMatchObject({ after: [office], removed: [first], added: [] });
    // Of the paired region, which this request does not count.
    const [pair = ""] = westUs;
    const ofPair = plan({ scope: "region", addMissing: false, remove: [pair] }, networkFacts([office, pair], { ledger: [own(pair)] }));
    expect(reasons(ofPair)).toEqual(["critical removal"]);
  });

  test("of a removal that Azure ML does not need is medium, and critical where not all workspaces could be read", () => {
    const stale = "20.99.0.0/28";
    const facts = networkFacts([office, stale], { ledger: [own(stale)] });
    expect(reasons(plan({ addMissing: false, remove: [stale] }, facts))).toEqual(["medium removal"]);
    const blind = plan({ addMissing: false, remove: [stale] }, { ...facts, unreadWorkspaces: ["Not all could be read."] });
    expect(reasons(blind)).toEqual(["critical removal"]);
    expect(blind.risk.reasons[0]?.text).toContain("could not all be read");
  });

  test("of many ranges is that of all together", () => {
    const many = Array.from({ length: 5 }, (_, at) => ({ range: `20.${100 + at}.0.0/18`, for: "other" as const }));
    expect(reasons(plan({ scope: "region", extra: many.slice(0, 4) })).filter((one) => one.startsWith("critical"))).toEqual([]);
    expect(reasons(plan({ scope: "region", extra: many }))[0]).toBe("critical wide-ranges");
  });

  test("names what came with the service tags within the last week", () => {
    const [fresh = ""] = others;
    const came = tagRanges(eastUs, new Map([[fresh, "2026-11-23T00:00:00.000Z"]]));
    const made = plan(
      { scope: "region" },
      networkFacts(undefined, { tags: readable(knownTags({ regional: new Map([["eastus", came]]) })) }),
    );
    expect(reasons(made)).toEqual(["medium opens-addresses", "medium new-ranges"]);
    expect(made.risk.reasons[1]?.text).toMatch(new RegExp(`^${fresh} came .* does not use it before 2026-11-30`));
  });

  test("of taking back what people call from is critical, and asks for two persons", () => {
    const theirs = "198.51.99.7/32";
    const made = plan({ addMissing: false, remove: [theirs] }, networkFacts([office, theirs], { ledger: [own(theirs, "extra")] }));
    expect(reasons(made)).toEqual(["critical removal"]);
    expect(made.risk.reasons[0]?.text).toContain(`${theirs} was let in for people or nodes`);
    expect(made.verdict.approvals).toBe(2);
  });
});

describe("what is refused", () => {
  test("an empty list, 0.0.0.0/0, private addresses, IPv6 and host bits, each with its reason", () => {
    expect(blocking({ addMissing: false, remove: [first] }, networkFacts([first], { ledger: [own(first)] })).join()).toContain("empty");
    const extra = (range: string) => blocking({ extra: [{ range, for: "other" }] }).join();
    expect(extra("0.0.0.0/0")).toContain("every address");
    expect(extra("10.1.2.0/24")).toContain("10.0.0.0/8");
    expect(extra("2603:1030::/32")).toContain("IPv6");
    expect(extra("20.40.1.9/24")).toContain("20.40.1.0/24");
  });

  test("what is wrong with one entry, beside that entry and with what to do", () => {
    const extra = [
      { range: "198.51.99.7", for: "own" as const },
      { range: "2603:1030::/32", for: "egress" as const },
    ];
    expect(outcome({ extra, remove: [office] }).checks.filter(({ status }) => status === "blocking")).toMatchObject([
      { field: "extra.1", message: expect.stringContaining("IPv6"), remedy: expect.stringContaining("public IPv4") },
      { field: "remove.0", message: expect.stringContaining("not added by Bindery"), remedy: expect.stringContaining("Leave it out") },
    ]);
  });

  test("no removal of what people call from on the word of a broken tag", () => {
    const theirs = "198.51.99.7/32";
    const broken = { tags: readable(knownTags({ removalsBlocked: () => "The tag shrank." })), ledger: [own(theirs, "extra"), own(first)] };
    const facts = networkFacts([office, theirs, first], broken);
    expect(blocking({ addMissing: false, remove: [theirs] }, facts)).toEqual([]);
    expect(blocking({ addMissing: false, remove: [theirs, first] }, facts).join()).toContain("The tag shrank.");
  });

  test("the removal of what Bindery did not add, and of what a broken tag would take along", () => {
    expect(blocking({ addMissing: false, remove: [office] }).join()).toContain("not added by Bindery");
    const facts = networkFacts([office, first], {
      ledger: [own(first)],
      tags: readable(knownTags({ removalsBlocked: (tag) => `${tag} shrank.` })),
    });
    expect(blocking({ addMissing: false, remove: [first] }, facts).join()).toContain("AzureMachineLearning.eastus shrank.");
    expect(blocking({}, facts)).toEqual([]);
  });

  test("more entries than AKS takes", () => {
    const many = Array.from({ length: 198 }, (_, at) => `203.0.113.${at}/32`);
    expect(blocking({}, networkFacts(many)).join()).toContain("200");
    expect(
      blocking({}, networkFacts(many, {}, { apiServerAccessProfile: { authorizedIPRanges: many, enableVnetIntegration: true } })),
    ).toEqual([]);
  });

  test("a private cluster, a basic load balancer, a stopped or failed cluster, a read-only lock, and nothing to do", () => {
    expect(blocking({}, networkFacts([], {}, { apiServerAccessProfile: { enablePrivateCluster: true } })).join()).toContain("private");
    expect(blocking({}, networkFacts([office], {}, { networkProfile: { loadBalancerSku: "Basic" } })).join()).toContain(
      "standard load balancer",
    );
    expect(blocking({}, networkFacts([office], {}, { powerState: { code: "Stopped" } })).join()).toContain("stopped");
    expect(blocking({}, networkFacts([office], {}, { provisioningState: "Failed" })).join()).toContain("Failed");
    const lock = { id: "/l", name: "freeze", level: "ReadOnly" as const, scope: plan().target.clusterId, notes: null };
    expect(blocking({}, networkFacts([office], { locks: readable([lock]) })).join()).toContain("freeze");
    expect(blocking({}, networkFacts([office, ...eastUs, ...westUs])).join()).toContain("nothing to change");
  });

  test("ranges of Azure ML when no service tags are known; other changes go on", () => {
    const facts = networkFacts([office], { tags: refused("Microsoft.Network/locations/serviceTags/read", "/s") });
    expect(blocking({}, facts).join()).toContain("service tags could not be read");
    expect(blocking({ addMissing: false, extra: [{ range: "198.51.99.7", for: "own" }] }, facts)).toEqual([]);
  });

  test("a cluster that cannot be read gives nothing away", () => {
    const found = outcome({}, networkFacts([office], { list: refused("x/read", "/s") }));
    expect(found).toMatchObject({ plan: null, checks: [{ key: "cluster", status: "not-verified" }] });
  });
});

describe("held against an approved plan", () => {
  test("whose service tags somebody withdrew, it is void where others give another list, and stands where they give the same", () => {
    const stranger = "20.99.0.0/24";
    const wrong = new Map([["eastus", tagRanges([...eastUs, stranger])]]);
    const wasWrong = {
      ...networkFacts(),
      tags: readable(knownTags({ regional: wrong, snapshot: { snapshotId: "wrong", since: "2026-11-20T00:00:00.000Z" } })),
    };
    const planned = plan({ scope: "region" }, wasWrong);
    expect(planned.network.list.added).toContain(stranger);
    const isWithdrawn = (id: string) => id === "wrong";
    const again = (tags: NetworkFacts["tags"], baseline = planned) => plan({ scope: "region" }, { ...networkFacts(), tags, baseline });
    expect(planDigest(again(readable(knownTags())))).toBe(planDigest(planned));
    const anew = again(readable(knownTags({ isWithdrawn })));
    expect(planChanges(planned, anew).join()).toContain(`authorizedIPRanges: ${stranger} was removed`);
    expect(planChanges(planned, again({ state: "absent" })).length).toBeGreaterThan(0);
    const right = plan({ scope: "region" });
    expect(planDigest(again(readable(knownTags({ isWithdrawn: (id) => id === "snapshot-1" })), right))).toBe(planDigest(right));
  });

  const approved = plan();
  const again = (facts: NetworkFacts, input: Partial<NetworkInput> = {}) => plan(input, { ...facts, baseline: approved });
  const changes = (facts: NetworkFacts): string[] => planChanges(approved, again(facts));

  test("newer service tags, an unreadable way out and another order of entries void nothing", () => {
    const newer = readable(knownTags({ snapshot: { snapshotId: "snapshot-2", since: "2026-12-01T00:00:00.000Z" }, regional: new Map() }));
    for (const facts of [
      networkFacts(undefined, { tags: newer }),
      networkFacts(undefined, { tags: refused("x/read", "/s"), pairs: refused("x/read", "/s"), egress: { notReadable: "no." } }),
      networkFacts([first, office]),
      networkFacts(undefined, { workspaces: [] }),
    ]) {
      expect(planDigest(again(facts))).toBe(planDigest(approved));
      expect(changes(facts)).toEqual([]);
    }
  });

  test("an entry of somebody else voids it, keeps that entry in the new plan, and says which it is", () => {
    const facts = networkFacts([office, first, "203.0.113.64/28"]);
    expect(changes(facts)[0]).toBe("The authorized ranges of the API server: 203.0.113.64/28 was added.");
    expect(again(facts).network.list.after).toContain("203.0.113.64/28");
    expect(changes(facts).slice(1)).toEqual([
      "The call “Let in 13 ranges more at the API server of aks-dev” is another one: properties.apiServerAccessProfile.authorizedIPRanges: 203.0.113.64/28 was added.",
    ]);
  });

  test("another access profile, network profile, unique id or a cluster that is gone voids it", () => {
    expect(
      changes(
        networkFacts(undefined, {}, { apiServerAccessProfile: { authorizedIPRanges: [office, first], disableRunCommand: true } }),
      ).join(),
    ).toContain("access profile");
    expect(
      changes(
        networkFacts(undefined, {}, { networkProfile: { outboundType: "userAssignedNATGateway", loadBalancerSku: "standard" } }),
      ).join(),
    ).toContain("way out");
    expect(changes(networkFacts(undefined, {}, { resourceUID: "another" })).join()).toContain("unique id");
    expect(changes(networkFacts(undefined, { list: { state: "absent" } })).join()).toContain("The cluster is gone");
  });

  test("somebody who added the same already leaves nothing to do, and that is told", () => {
    const facts = { ...networkFacts([office, ...eastUs, ...westUs]), baseline: approved };
    const found = outcome({}, facts);
    expect(found.blocked).toBe(true);
    expect(planChanges(approved, planned(found.plan)).join()).toContain("were added");
  });

  test("somebody who empties the list leaves a plan without a step, which every export can show", () => {
    const { plan: shown, blocked } = outcome({ addMissing: false, remove: [first] }, { ...networkFacts([]), baseline: approved });
    expect(blocked).toBe(true);
    expect(planned(shown)).toMatchObject({ steps: [], network: { list: { after: [], added: [], removed: [] } } });
    for (const text of Object.values(networkExports(planned(shown)))) expect(text).toContain("There is nothing to run.");
  });
});
