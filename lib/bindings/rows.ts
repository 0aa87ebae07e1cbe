import type { Cluster } from "@/lib/azure/types";
import type { Binding, BindingObservation } from "@/lib/db/generated/client";
import type { Answer } from "@/lib/http/contract";
import { clusterIdOf, idKey, lastName, resourceTypeOf, subscriptionOf } from "@/lib/kernel/resource-id";
import { type RiskLevel, riskOf } from "@/lib/roles/risk";
import { fullNameOf } from "@/lib/roles/rules";
import type { Snapshot } from "@/lib/roles/store";
import { makerOf, standingOf } from "./compare";
import { approvedOf } from "./store";

export type BindingRow = Answer<"GET /api/v1/bindings">["items"][number];
type Approval = Binding & { requestNumber: number | null };
/** What is known beside the bindings themselves. */
export type Surroundings = {
  /** Clusters by key; an Auditor's rows may lie outside. */
  clusters: ReadonlyMap<string, Pick<Cluster, "name" | "location" | "subscriptionId">>;
  /** Newest role catalogues by `subscription/location`. */
  snapshots: ReadonlyMap<string, Snapshot>;
};

/** Rows of what was approved beside what was last seen, by binding key. What nobody approved and nobody sees has none. `orphan` is left open. */
export function bindingRows(
  approvals: readonly Approval[],
  observations: readonly BindingObservation[],
  around: Surroundings,
): BindingRow[] {
  const approved = new Map(approvals.map((row) => [row.bindingKey, row]));
  const seen = new Map(observations.map((row) => [row.bindingKey, row]));
  const keys = [...new Set([...approved.keys(), ...seen.keys()])].sort();
  return keys.flatMap((key) => rowOf(approved.get(key), seen.get(key), around) ?? []);
}

function rowOf(approval: Approval | undefined, observation: BindingObservation | undefined, around: Surroundings): BindingRow | null {
  const approved = approval === undefined ? null : approvedOf(approval);
  const live = observation?.present
    ? {
        name: observation.name,
        sourceResourceId: observation.sourceId,
        roles: observation.roles,
        provisioningState: observation.provisioningState,
      }
    : null;
  const standing = standingOf(approved, live);
  const shown = live ?? approved;
  const bindingId = observation?.bindingId ?? approval?.bindingId;
  if (standing === null || shown === null || bindingId === undefined) return null;
  const clusterId = clusterIdOf(bindingId);
  const cluster = around.clusters.get(idKey(clusterId));
  const risks = risksOf(clusterId, cluster?.location, around.snapshots);
  return {
    bindingId,
    clusterId,
    clusterName: cluster?.name ?? lastName(clusterId),
    name: shown.name,
    sourceResourceId: shown.sourceResourceId,
    sourceName: lastName(shown.sourceResourceId),
    sourceType: resourceTypeOf(shown.sourceResourceId),
    roles: shown.roles.map((fullName) => ({ fullName, risk: risks.get(fullName.toLowerCase()) ?? null })),
    provisioningState: live?.provisioningState ?? null,
    ...standing,
    maker: makerOf(shown, approved),
    orphan: null,
    requestId: approval?.requestId ?? null,
    requestNumber: approval?.requestNumber ?? null,
    remindAt: approval?.remindAt?.toISOString() ?? null,
    seenAt: observation?.observedAt.toISOString() ?? null,
  };
}

const known = new WeakMap<Snapshot, Map<string, RiskLevel>>();
const none: ReadonlyMap<string, RiskLevel> = new Map();

/**
 * The risk of each role of the cluster's region, by full name in lower case, from the newest catalogue that anybody read. Where the record
 * alone speaks and the region is not known, any region of the subscription serves.
 */
function risksOf(clusterId: string, location: string | undefined, snapshots: Surroundings["snapshots"]): ReadonlyMap<string, RiskLevel> {
  const subscription = subscriptionOf(clusterId);
  const snapshot =
    location === undefined
      ? [...snapshots].find(([key]) => key.startsWith(`${subscription}/`))?.[1]
      : snapshots.get(`${subscription}/${location}`);
  if (snapshot === undefined) return none;
  const risks = known.get(snapshot) ?? new Map(snapshot.roles.map((role) => [fullNameOf(role).toLowerCase(), riskOf(role.rules).level]));
  known.set(snapshot, risks);
  return risks;
}
