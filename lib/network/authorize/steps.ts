import { sendableCluster } from "@/lib/azure/cluster-body";
import { getRawCluster, putRawCluster, type RawCluster } from "@/lib/azure/raw-cluster";
import { valueOf } from "@/lib/azure/readable";
import { BinderyError } from "@/lib/kernel/errors";
import type { Tx } from "@/lib/db/client";
import type { Json } from "@/lib/kernel/json";
import { isBindingPlan, type NetworkChange, type Plan, type PlanStep } from "@/lib/plans/plan";
import type { StepReading, StepRunner } from "@/lib/runs/steps";
import { type RunRecord, writesTaken } from "@/lib/runs/store";
import { isWithdrawn } from "../snapshots/store";
import { changedFacts } from "./guarded";
import { isBusy, type LiveNetwork, liveNetworkOf } from "./live";
import { sameList } from "./same-list";
import { recordAdded, recordRemoved } from "./store";

/** The step that sets a list, in whatever plan: one PUT of the whole cluster. */
export const rangesSteps: StepRunner = {
  async read(caller, plan, step) {
    const read = await getRawCluster(caller, step.resourceId);
    if (read.state === "absent") return { state: "changed", what: `The cluster ${plan.target.clusterName} is gone: somebody deleted it.` };
    const change = changeOf(plan);
    const reading = judge(plan, change, valueOf(read, "cluster"));
    return (reading.state === "not-begun" || reading.state === "failed") && (await wasWithdrawn(change)) ? ofWithdrawnTags : reading;
  },
  async act(caller, _plan, step, over) {
    if (over === undefined) throw new BinderyError("internal", "A list was to be set without the cluster that it belongs to.");
    const outcome = await putRawCluster(caller, step.resourceId, step.body, over);
    return "postponed" in outcome ? outcome : { ...outcome, after: step.body };
  },
  // What is added counts as Bindery's own from the moment that Azure takes it; what is removed once it is through.
  async accepted(tx, run, plan, step) {
    await recordAdded(tx, run, uidOf(plan), changeOf(plan), await foundBefore(tx, run, step));
  },
  async confirmed(tx, run, plan, step) {
    // What somebody else did before the run came to it is theirs.
    if (!(await hasWritten(tx, run, step))) return;
    await recordAdded(tx, run, uidOf(plan), changeOf(plan), await foundBefore(tx, run, step));
    await recordRemoved(tx, run, changeOf(plan));
  },
  // azure-aks-docs, api-server-authorized-ip-ranges: two minutes at most after the operation's end, of five for a change of any kind.
  settling: () => ({ part: 2 / 5, sentence: "The API server follows a new list within two minutes." }),
};

/** Tags may turn out to be wrong after the run's check of its facts: nothing is written on their word. */
const wasWithdrawn = async ({ tags }: NetworkChange): Promise<boolean> => tags !== null && (await isWithdrawn(tags.snapshotId));

const ofWithdrawnTags: StepReading = {
  state: "changed",
  what: "The service tags that this list was planned from were withdrawn: an administrator found them to be wrong.",
  voids: true,
};

async function hasWritten(tx: Tx, run: RunRecord, { id }: PlanStep): Promise<boolean> {
  return (await tx.armCall.count({ where: { ...writesTaken(run.id), stepId: id } })) > 0;
}

/** The list as the run found it when it last wrote: what stood there already is not Bindery's, whoever put it there. */
async function foundBefore(tx: Tx, run: RunRecord, { id }: PlanStep): Promise<string[]> {
  const step = await tx.runStep.findUnique({ where: { runId_stepId: { runId: run.id, stepId: id } }, select: { before: true } });
  const { authorizedIPRanges } = (step?.before ?? {}) as { authorizedIPRanges?: string[] };
  return authorizedIPRanges ?? [];
}

function changeOf(plan: Plan): NetworkChange {
  const change = isBindingPlan(plan) ? null : plan.network;
  if (change === null || change === undefined)
    throw new BinderyError("internal", "A step sets a list of authorized ranges that its plan does not have.");
  return change;
}

function uidOf({ guardedFacts }: Plan): string | null {
  const value = guardedFacts.find(({ key }) => key === "cluster-uid")?.value;
  return typeof value === "string" ? value : null;
}

/** Where the step stands: busy clusters are waited for, and a list that is as planned is done whatever else changed. */
function judge(plan: Plan, { list }: NetworkChange, { etag, json }: RawCluster): StepReading {
  const live = liveNetworkOf(json);
  const name = plan.target.clusterName;
  const seen: Json = { authorizedIPRanges: live.ranges, provisioningState: live.provisioningState };
  const isPlanned = sameList(live.ranges, list.after);
  const over = { etag, json: sendableCluster(json) };
  if (isBusy(live.provisioningState) || live.busyPool !== null)
    return { state: "in-flight", before: seen, ...(isPlanned ? {} : { why: busyWords(name, live) }) };
  const ended = live.provisioningState.toLowerCase();
  if (isPlanned)
    return ended === "succeeded"
      ? { state: "done", after: seen }
      : { state: "failed", what: `Azure left the cluster ${name} in state ${live.provisioningState}.`, before: seen, over };
  const changed = changedFacts(live, plan);
  if (changed.length > 0)
    return {
      state: "changed",
      what: `${changed.join(", ")} ${changed.length === 1 ? "is" : "are"} no longer as approved. Nothing of somebody else's change is overwritten.`,
      voids: true,
    };
  if (live.powerState?.toLowerCase() === "stopped")
    return {
      state: "changed",
      what: `The cluster ${name} is stopped, and Azure changes no stopped cluster.`,
      remedy: "Start it, then retry the run.",
    };
  if (ended !== "succeeded")
    return {
      state: "changed",
      what: `The last change of the cluster ${name} ended as ${live.provisioningState}.`,
      remedy: "Have Azure reconcile it (az aks update with its name and group alone), then retry the run.",
    };
  return { state: "not-begun", before: seen, over };
}

const busyWords = (name: string, { busyPool, provisioningState }: LiveNetwork): string =>
  `Another change is under way on ${busyPool === null ? `the cluster ${name} (${provisioningState})` : `the node pool ${busyPool} of ${name}`}: waiting for its end.`;
