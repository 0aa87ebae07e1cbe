import { describe, expect, test, vi } from "vitest";
import { planningContext } from "@/lib/bindings/testing";
import { clusterOf } from "@/lib/azure/cluster-shape";
import type { Json } from "@/lib/kernel/json";
import { liveNetworkOf } from "@/lib/network/authorize/live";
import { clusterJson, knownTags, networkFacts, office, refused } from "@/lib/network/authorize/testing";
import { tagRanges } from "@/lib/network/required";
import { eastUs, westUs } from "@/lib/network/testing";
import { planChanges } from "@/lib/plans/diff";
import { planDigest } from "@/lib/plans/digest";
import { beforeAndAfter } from "@/lib/plans/words";
import { cluster, readable } from "../preflight/testing/facts";
import { deploymentExports } from "../render/exports";
import { deploymentSteps } from "../steps/runner";
import { caller, deployFacts, deployInput, deployPlan, stepOf } from "../testing";
import type { DeployInput } from "../schema";
import type { DeployFacts } from "./facts";
import { planDeploy } from "./plan";

const azure = vi.hoisted(() => ({ getRawCluster: vi.fn(), putRawCluster: vi.fn() }));
vi.mock("@/lib/azure/raw-cluster", async (original) => ({ ...(await original<object>()), ...azure }));

const withdrawn = vi.hoisted(() => ({ ids: [] as string[] }));
vi.mock("@/lib/network/snapshots/store", () => ({ isWithdrawn: async (id: string) => withdrawn.ids.includes(id) }));

const list = [office, eastUs[0] ?? ""];

/** A restricted cluster with this list. */
function restricted(
  ranges: string[] = list,
  changes: Partial<DeployFacts["network"]> = {},
  properties: { [key: string]: Json } = {},
): DeployFacts {
  const { list: _list, ...facts } = networkFacts();
  const json = clusterJson(ranges, properties);
  return deployFacts({
    cluster: readable({ ...cluster, authorizedIpRanges: ranges }),
    network: { ...facts, list: readable({ cluster: clusterOf(json), live: liveNetworkOf(json) }), ...changes },
  });
}
const ids = (facts: DeployFacts, input = deployInput()) => deployPlan(input, facts).steps.map(({ id }) => id);
const check = (facts: DeployFacts, input = deployInput(), key = "authorized-ranges") =>
  planDeploy(input, facts, planningContext()).checks.find((one) => one.key === key);

describe("a deployment onto a cluster with authorized ranges", () => {
  test("opens what Azure ML lacks before it installs the extension, in the same plan, and keeps the entries of others", () => {
    const plan = deployPlan(deployInput(), restricted());
    const order = plan.steps.map(({ id }) => id);
    expect(order.indexOf("put-ranges")).toBeGreaterThanOrEqual(0);
    expect(order.indexOf("put-ranges")).toBeLessThan(order.indexOf("put-extension"));
    expect(plan.network?.list.after.slice(0, 2)).toEqual(list);
    expect(new Set(plan.network?.list.after)).toEqual(new Set([office, ...eastUs, ...westUs]));
    expect(plan.guardedFacts.map(({ key }) => key)).toEqual(
      expect.arrayContaining(["authorized-ranges", "access-profile", "network-profile"]),
    );
    expect(plan.risk.reasons.map(({ code }) => code)).toContain("opens-addresses");
    expect(plan.sentence).toContain("13 more ranges of Azure ML");
    expect(beforeAndAfter(plan)).toMatchObject({
      before: { authorizedIPRanges: list },
      after: { authorizedIPRanges: plan.network?.list.after },
    });
    for (const text of Object.values(deploymentExports(plan))) expect(text).toContain(westUs[0]);
  });

  test("leaves the list alone where it is open, covered, asked to, or nobody knows what Azure ML calls from", () => {
    expect(ids(deployFacts())).not.toContain("put-ranges");
    const covered = restricted([office, ...eastUs, ...westUs]);
    expect(ids(covered)).not.toContain("put-ranges");
    expect(check(covered)).toMatchObject({ status: "ok" });
    expect(ids(restricted(), deployInput({ network: "leave" }))).not.toContain("put-ranges");
    const unknown = restricted(list, { tags: refused("x/read", "/s") });
    expect(ids(unknown)).not.toContain("put-ranges");
    expect(check(unknown)).toMatchObject({ status: "not-verified" });
  });

  test("stops where the list has no room, and says what to choose", () => {
    const full = restricted(Array.from({ length: 195 }, (_, at) => `203.0.113.${at}/32`));
    expect(check(full)).toMatchObject({
      status: "blocking",
      message: expect.stringContaining("200"),
      remedy: expect.stringContaining("leave"),
    });
    expect(check(full, deployInput({ network: "leave" }))).toBeUndefined();
  });

  test("says who may set the list", () => {
    const key = "rights:set-the-authorized-ranges";
    const { people } = deployFacts();
    expect(check({ ...restricted(), people: people.map((one) => ({ ...one, cluster: readable([]) })) }, deployInput(), key)?.status).toBe(
      "warning",
    );
    expect(
      check({ ...restricted(), people: people.map((one) => ({ ...one, cluster: refused("x/read", "/s") })) }, deployInput(), key)?.status,
    ).toBe("not-verified");
  });

  test("held against its approval is the same with newer tags, and void when somebody changes the list", () => {
    const approved = deployPlan(deployInput(), restricted());
    const again = (facts: DeployFacts) => deployPlan(deployInput(), { ...facts, baseline: approved });
    const newer = restricted(list, { tags: readable(knownTags({ regional: new Map() })), egress: { notReadable: "no." } });
    expect(planDigest(again(newer))).toBe(planDigest(approved));
    const theirs = "203.0.113.64/28";
    expect(planChanges(approved, again(restricted([...list, theirs])))[0]).toContain(`${theirs} was added`);
    expect(again(restricted([...list, theirs])).network?.list.after).toContain(theirs);
    expect(planChanges(approved, again(restricted([office, ...eastUs, ...westUs]))).join()).toContain("were added");
  });

  test.each([
    ["somebody lifts the restriction", restricted([])],
    [
      "the cluster becomes private",
      restricted(list, {}, { apiServerAccessProfile: { enablePrivateCluster: true, authorizedIPRanges: list } }),
    ],
  ])("held against its approval is void, and sets no list, when %s", (_, facts) => {
    const approved = deployPlan(deployInput(), restricted());
    const now = deployPlan(deployInput(), { ...facts, baseline: approved });
    expect(planDigest(now)).not.toBe(planDigest(approved));
    expect(planChanges(approved, now)).not.toEqual([]);
    expect(now.steps.map(({ id }) => id)).not.toContain("put-ranges");
  });

  test("that had nothing to open at its approval stays so with newer tags, and is void when somebody takes a range out: the new plan opens it", () => {
    const whole = [office, ...eastUs, ...westUs];
    const approved = deployPlan(deployInput(), restricted(whole));
    const again = (facts: DeployFacts) => deployPlan(deployInput(), { ...facts, baseline: approved });
    const newer = knownTags({ regional: new Map([["eastus", tagRanges([...eastUs, "20.99.0.0/28"])]]) });
    expect(planDigest(again(restricted(whole, { tags: readable(newer) })))).toBe(planDigest(approved));
    const lacking = again(restricted(whole.slice(0, -1)));
    expect(planChanges(approved, lacking).join()).toContain(`${whole.at(-1)} was removed`);
    expect(lacking.network?.list.added).toEqual([whole.at(-1)]);
    const opened = again(restricted([]));
    expect(planChanges(approved, opened)).not.toEqual([]);
    expect(opened.steps.map(({ id }) => id)).not.toContain("put-ranges");
  });

  test("rests on no list where there is none, or where it is to be left alone", () => {
    const keys = (input: DeployInput, facts: DeployFacts) => deployPlan(input, facts).guardedFacts.map(({ key }) => key);
    expect(keys(deployInput(), restricted([]))).not.toContain("authorized-ranges");
    expect(keys({ ...deployInput(), network: "leave" }, restricted())).not.toContain("authorized-ranges");
  });
});

describe("its step", () => {
  const plan = deployPlan(deployInput(), restricted());
  const step = stepOf(plan, "put-ranges");
  const read = (ranges: string[], properties: { [key: string]: Json } = {}) => {
    azure.getRawCluster.mockResolvedValue(readable({ etag: "tag-1", json: clusterJson(ranges, properties) }));
    return deploymentSteps.read(caller, plan, step);
  };

  test.each<[string, string[], { [key: string]: Json }]>([
    ["not-begun", list, {}],
    ["done", plan.network?.list.after ?? [], {}],
    ["failed", plan.network?.list.after ?? [], { provisioningState: "Failed" }],
    ["in-flight", list, { provisioningState: "Updating" }],
    ["in-flight", list, { agentPoolProfiles: [{ name: "p", provisioningState: "Scaling" }] }],
    ["changed", [...list, "203.0.113.64/28"], {}],
    ["changed", list, { powerState: { code: "Stopped" } }],
    ["changed", list, { provisioningState: "Canceled" }],
    ["changed", list, { resourceUID: "another" }],
  ])("reads as %s of %j %j", async (state, ranges, properties) => {
    expect(await read(ranges, properties)).toMatchObject({ state });
  });

  test("gives with its reading the whole cluster that its write is laid over, and never writes without", async () => {
    const reading = await read(list);
    if (reading.state !== "not-begun") throw new Error(reading.state);
    expect(reading.over).toMatchObject({ etag: "tag-1", json: { location: "eastus", unknownOfCluster: { kept: true } } });
    azure.putRawCluster.mockResolvedValue({ status: 200, operationUrl: null });
    expect(await deploymentSteps.act(caller, plan, step, reading.over)).toMatchObject({ status: 200, after: step.body });
    expect(azure.putRawCluster).toHaveBeenCalledWith(caller, step.resourceId, step.body, reading.over);
    await expect(deploymentSteps.act(caller, plan, step)).rejects.toMatchObject({ code: "internal" });
  });

  test("writes nothing on the word of service tags that were withdrawn after the run's check, and what is done stays done", async () => {
    withdrawn.ids = ["snapshot-1"];
    const readings = [await read(list), await read(plan.network?.list.after ?? [])];
    withdrawn.ids = [];
    expect(readings).toMatchObject([{ state: "changed", voids: true, what: expect.stringContaining("withdrawn") }, { state: "done" }]);
  });

  test("takes a cluster that cannot be read for neither absent nor done", async () => {
    azure.getRawCluster.mockResolvedValue(refused("x/read", "/s"));
    await expect(deploymentSteps.read(caller, plan, step)).rejects.toMatchObject({ code: "rights_needed" });
  });
});
