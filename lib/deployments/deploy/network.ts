import { allows } from "@/lib/azure/actions";
import type { Cluster } from "@/lib/azure/types";
import { bindingsOfSource } from "@/lib/bindings/of-source";
import { armLocation } from "@/lib/kernel/arm-location";
import { isAsApproved, listFacts, listVoids } from "@/lib/network/authorize/guarded";
import { planList } from "@/lib/network/authorize/change";
import { rangesStep, writeCluster } from "@/lib/network/authorize/step";
import { sameList } from "@/lib/network/authorize/same-list";
import { isOfWithdrawn } from "@/lib/network/authorize/tags-in-use";
import type { DeploymentPlan, GuardedFact, NetworkChange, PlanStep, Precondition } from "@/lib/plans/plan";
import { defaultRole, workspaceIdOf } from "../preflight/input";
import type { DeployInput } from "../schema";
import type { DeployFacts } from "./facts";

/** What a deployment does to the list of authorized ranges, and what that rests on. */
export type DeployNetwork = {
  change: NetworkChange | null;
  steps: PlanStep[];
  guardedFacts: GuardedFact[];
  voidedBy: string[];
  checks: Precondition[];
};

const none: DeployNetwork = { change: null, steps: [], guardedFacts: [], voidedBy: [], checks: [] };
const check = { key: "authorized-ranges", label: "Authorized ranges", field: "network" } as const;

/**
 * Opens what the workspace's region and its pair lack in the list of a restricted cluster, by the planner of such requests. A cluster without a list,
 * and a request that leaves it alone, have no such step.
 */
export function deployNetwork(input: DeployInput, facts: DeployFacts, cluster: Cluster): DeployNetwork {
  const { network, baseline } = facts;
  const held = baseline === undefined ? null : (baseline.network ?? null);
  if (input.network === "leave" || network === undefined || (baseline !== undefined && !restsOnList(baseline)))
    return kept(facts, held, cluster);
  const { list } = network;
  if (list.state !== "ok")
    return {
      ...kept(facts, held, cluster),
      checks: [{ ...check, status: "not-verified", message: "The list of authorized ranges cannot be read: nothing of it is changed." }],
    };
  const { live } = list.value;
  // Whoever lifts the restriction after the approval, or makes the cluster private, has asked no deployment for a list.
  if (live.ranges.length === 0 || live.isPrivate) return kept(facts, null, cluster);
  if (held !== null && sameList(held.list.before, live.ranges) && !isOfWithdrawn(held, network.tags)) return kept(facts, held, cluster);
  if (baseline !== undefined && held === null && isAsApproved(live, baseline)) return kept(facts, null, cluster);
  const region = regionOf(input, facts) ?? cluster.location;
  const workspace = { id: workspaceIdOf(input), name: "", region, bindingInEffect: isBound(input, facts) };
  const planned = planList({ ...network, workspaces: [workspace], unreadWorkspaces: [] }, list.value, {
    scope: "region-and-pair",
    addMissing: true,
  });
  if (planned.change === null) {
    const message = planned.refusals.map(({ text }) => text).join(" ");
    if (network.tags.state !== "ok")
      return {
        ...kept(facts, null, cluster),
        checks: [{ ...check, status: "not-verified", message: `${message} The list stays as it is.` }],
      };
    return {
      ...kept(facts, null, cluster),
      checks: [{ ...check, status: "blocking", message, remedy: "Mend what stands in the way, or choose to leave the list as it is." }],
    };
  }
  if (planned.change.list.added.length === 0)
    return { ...rested(facts), checks: [{ ...check, status: "ok", message: planned.before.reason }] };
  return withStep(facts, planned.change, cluster);
}

/** Whether an approved plan rests on the list: it sets it, or it found nothing to open in it. */
export const restsOnList = ({ network, guardedFacts }: DeploymentPlan): boolean =>
  network != null || guardedFacts.some(({ key }) => key === "authorized-ranges");

/** As it was approved, or nothing at all. */
function kept(facts: DeployFacts, change: NetworkChange | null, cluster: Cluster): DeployNetwork {
  if (change !== null) return withStep(facts, change, cluster);
  return facts.baseline !== undefined && restsOnList(facts.baseline) ? rested(facts) : none;
}

/** No step, but the list as it is: somebody who changes it voids the plan. */
function rested({ network, baseline }: DeployFacts): DeployNetwork {
  if (network === undefined) return none;
  const guardedFacts = listFacts(network.list, baseline);
  return { ...none, guardedFacts, voidedBy: listVoids(guardedFacts) };
}

function withStep({ network, baseline, people }: DeployFacts, change: NetworkChange, cluster: Cluster): DeployNetwork {
  const guardedFacts = listFacts(network?.list ?? { state: "unavailable", message: "" }, baseline);
  const { added } = change.list;
  return {
    change,
    steps: [rangesStep(cluster, change)],
    guardedFacts,
    voidedBy: listVoids(guardedFacts),
    checks: [
      {
        ...check,
        status: "ok",
        message: `${added.length} ${added.length === 1 ? "range" : "ranges"} of Azure ML (${change.regions.join(", ")}) that the API server does not let in ${added.length === 1 ? "is" : "are"} added first; every other entry stays.`,
      },
      ...rightsCheck(people),
    ],
  };
}

function rightsCheck(people: DeployFacts["people"]): Precondition[] {
  const key = "rights:set-the-authorized-ranges";
  const about = { key, label: "Rights: set the authorized ranges" } as const;
  const holders = people.filter(({ cluster }) => cluster.state === "ok" && allows(cluster.value, writeCluster));
  if (holders.length > 0)
    return [
      {
        ...about,
        status: "ok",
        message: `${holders.map(({ name }) => name).join(" and ")} can do this: a hint, not a promise. It needs ${writeCluster} on the cluster.`,
      },
    ];
  if (people.some(({ cluster }) => cluster.state !== "ok"))
    return [{ ...about, status: "not-verified", message: `It needs ${writeCluster} on the cluster. Who holds that cannot be read.` }];
  return [
    {
      ...about,
      status: "warning",
      message: `It needs ${writeCluster} on the cluster, and ${people.map(({ name }) => name).join(" and ")} does not hold it: whoever executes needs it.`,
      remedy: "Activate the role before the run starts, or choose to leave the list as it is.",
    },
  ];
}

function regionOf({ workspace }: DeployInput, facts: DeployFacts): string | null {
  if (workspace.use === "new") return workspace.location;
  const location = facts.workspace.state === "ok" ? facts.workspace.value.location : null;
  return location === null ? null : armLocation(location);
}

/** With the binding in effect the ranges are a fallback: they are opened all the same, as the request says. */
const isBound = (input: DeployInput, { bindings }: DeployFacts): boolean =>
  bindings.state === "ok" &&
  bindingsOfSource(bindings.value, workspaceIdOf(input), input.binding === "made-by-attach" ? defaultRole : input.binding.role).length > 0;
