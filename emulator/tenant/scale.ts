import type { ArmResource, Binding } from "../state/shapes";
import { fleetRanges } from "./cluster-ranges";
import type { ClusterSeed } from "./cluster-seeds";
import { clusterResource } from "./clusters";
import { subscriptionIds } from "./ids";
import { outboundAddresses } from "./outbound";
import { workspaceResource } from "./sources";

/** A generated cluster, its outbound addresses, the workspace beside it (every second one) and what is bound to it. */
export type FleetPart = { cluster: ArmResource; addresses: ArmResource[]; workspace: ArmResource | null; bindings: Binding[] };

const locations = ["eastus", "eastus2", "westeurope", "westus2", "northeurope"] as const;
const environments = ["development", "test", "production"] as const;
const teams = ["pricing", "claims", "search", "vision", "forecast", "churn", "routing", "support"] as const;
const sizes = ["Standard_D4s_v5", "Standard_D8s_v5", "Standard_D4ds_v5", "Standard_E4ds_v5"] as const;

/** The same fleet for the same count: every choice follows from the number of the cluster. Throws RangeError outside 0–5000. */
export function scaledFleet(count: number): FleetPart[] {
  if (!Number.isInteger(count) || count < 0 || count > 5000) throw new RangeError("The scale is a whole number from 0 to 5000.");
  return Array.from({ length: count }, (_, index) => fleetPart(index));
}

function fleetPart(index: number): FleetPart {
  const pick = numbersFrom(index);
  const subscriptions = Object.values(subscriptionIds);
  const subscriptionId = one(subscriptions, pick());
  const team = one(teams, pick());
  const number = String(index + 1).padStart(4, "0");
  const group = `rg-fleet-${team}-${String(Math.floor(index / 8)).padStart(3, "0")}`;
  const own = {
    subscriptionId,
    group,
    name: `aks-${team}-${number}`,
    location: one(locations, pick()),
    tags: { environment: one(environments, pick()), owner: team, fleet: "generated" },
    version: one(["1.33.5", "1.32.9"], pick()),
    pools: [{ name: "nodepool1", mode: "System", count: 1 + (pick() % 6), vmSize: one(sizes, pick()) }],
    localAccountsOff: pick() % 3 === 0,
    azureRbac: pick() % 2 === 0,
    private: pick() % 9 === 0,
    stopped: pick() % 17 === 0,
  } satisfies ClusterSeed;
  const seed: ClusterSeed = { ...own, ...networkFor(own.location, own.private, index) };
  const cluster = clusterResource(seed);
  const workspace =
    index % 2 === 0
      ? workspaceResource({ subscriptionId, group, name: `mlw-${team}-${number}`, location: seed.location, title: `${team} ${number}` })
      : null;
  return {
    cluster,
    addresses: outboundAddresses(seed),
    workspace,
    bindings: workspace === null ? [] : bindingsOf(cluster.id, workspace.id, pick()),
  };
}

/** Numbers of its own, so that the choices above stay what they were. */
function networkFor(location: string, isPrivate: boolean, index: number): Pick<ClusterSeed, "authorizedIpRanges" | "outboundType"> {
  const pick = numbersFrom(100_000 + index);
  const ranges = isPrivate ? undefined : fleetRanges(location, pick());
  const outboundType = one(["loadBalancer", "loadBalancer", "loadBalancer", "userDefinedRouting", "managedNATGateway"], pick());
  return { outboundType, ...(ranges === undefined ? {} : { authorizedIpRanges: ranges }) };
}

function bindingsOf(clusterId: string, sourceResourceId: string, number: number): Binding[] {
  const roles = ["Microsoft.MachineLearningServices/workspaces/mlworkload", "Microsoft.MachineLearningServices/workspaces/inference-v1"];
  return Array.from({ length: number % 3 }, (_, index) => {
    const name = `ml-${index + 1}`;
    const id = `${clusterId}/trustedAccessRoleBindings/${name}`;
    return { id, name, clusterId, sourceResourceId, roles: [one(roles, index)], provisioningState: "Succeeded", operationId: null };
  });
}

function one<T>(from: readonly T[], number: number): T {
  return from[number % from.length] as T;
}

/** Numbers that look random and follow from a seed (mulberry32, public domain). */
function numbersFrom(seedNumber: number): () => number {
  let state = (seedNumber + 1) * 0x9e3779b1;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
}
