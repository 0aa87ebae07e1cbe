import type { RoleBinding } from "@/lib/azure/types";
import { db, type Tx, transaction } from "@/lib/db/client";
import type { Binding, BindingObservation, ClusterLook } from "@/lib/db/generated/client";
import { fromNow, now } from "@/lib/kernel/clock";
import { bindingIdOf, idKey } from "@/lib/kernel/resource-id";
import type { BindingChange, Duration } from "@/lib/plans/plan";
import type { ApprovedBinding } from "./facts";
import { sameGrant } from "./same";

/** Some clusters by key, or every cluster of the record. */
export type ClusterKeys = string[] | "all";
const within = (keys: ClusterKeys): { clusterKey?: { in: string[] } } => (keys === "all" ? {} : { clusterKey: { in: keys } });

/** An unchanged look is written again only when the last one is older than this, ms. */
const touchAfterMs = 20_000;

/**
 * Keeps what a list of a cluster's bindings showed. `at`: when the list was asked for, so that a run that confirmed its change meanwhile
 * is not overwritten by an older view. Bindings that the list lacks are marked as no longer present.
 */
export async function recordLook(clusterId: string, bindings: RoleBinding[], at: Date): Promise<void> {
  const clusterKey = idKey(clusterId);
  const [look, known] = await Promise.all([
    db().clusterLook.findUnique({ where: { clusterKey } }),
    db().bindingObservation.findMany({ where: { clusterKey, present: true } }),
  ]);
  if (look !== null && at.getTime() - look.lookedAt.getTime() < touchAfterMs && unchanged(known, bindings)) return;
  const rows = bindings.map((binding) => ({
    bindingKey: idKey(bindingIdOf(clusterId, binding.name)),
    bindingId: binding.id,
    name: binding.name,
    sourceId: binding.sourceResourceId,
    sourceKey: idKey(binding.sourceResourceId),
    roles: binding.roles,
    state: binding.provisioningState,
  }));
  await transaction(async (tx) => {
    // One lock order for everybody who looks at the same cluster.
    const newest = await tx.$executeRaw`INSERT INTO cluster_look ("clusterKey", "lookedAt") VALUES (${clusterKey}, ${at}::timestamptz)
      ON CONFLICT ("clusterKey") DO UPDATE SET "lookedAt" = excluded."lookedAt" WHERE cluster_look."lookedAt" <= excluded."lookedAt"`;
    if (newest === 0) return;
    await tx.$executeRaw`INSERT INTO binding_observation ("bindingKey", "bindingId", "clusterKey", "name", "sourceId", "sourceKey", "roles", "provisioningState", "observedAt", "present")
      SELECT r."bindingKey", r."bindingId", ${clusterKey}::text, r."name", r."sourceId", r."sourceKey", ARRAY(SELECT jsonb_array_elements_text(r."roles")), r."state", ${at}::timestamptz, true
      FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r("bindingKey" text, "bindingId" text, "name" text, "sourceId" text, "sourceKey" text, "roles" jsonb, "state" text)
      ORDER BY r."bindingKey"
      ON CONFLICT ("bindingKey") DO UPDATE SET "bindingId" = excluded."bindingId", "name" = excluded."name", "sourceId" = excluded."sourceId", "sourceKey" = excluded."sourceKey",
        "roles" = excluded."roles", "provisioningState" = excluded."provisioningState", "observedAt" = excluded."observedAt", "present" = true
      WHERE binding_observation."observedAt" <= excluded."observedAt"`;
    await tx.bindingObservation.updateMany({
      where: { clusterKey, present: true, observedAt: { lte: at }, bindingKey: { notIn: rows.map((row) => row.bindingKey) } },
      data: { present: false, observedAt: at },
    });
  });
}

function unchanged(known: BindingObservation[], bindings: RoleBinding[]): boolean {
  if (known.length !== bindings.length) return false;
  const byName = new Map(known.map((row) => [row.name.toLowerCase(), row]));
  return bindings.every((binding) => {
    const row = byName.get(binding.name.toLowerCase());
    return (
      row !== undefined &&
      row.provisioningState === binding.provisioningState &&
      sameGrant({ sourceResourceId: row.sourceId, roles: row.roles }, binding)
    );
  });
}

/** What was last seen of the bindings of some clusters, those that are gone included. */
export async function observationsOf(keys: ClusterKeys): Promise<BindingObservation[]> {
  return db().bindingObservation.findMany({ where: within(keys) });
}

/** When the bindings of some clusters were last listed, by cluster key. */
export async function looksOf(keys: ClusterKeys): Promise<Map<string, ClusterLook>> {
  const looks = await db().clusterLook.findMany({ where: within(keys) });
  return new Map(looks.map((look) => [look.clusterKey, look]));
}

/** What was approved here for some clusters, with the number of the request that approved it. */
export async function approvalsOf(keys: ClusterKeys): Promise<(Binding & { requestNumber: number | null })[]> {
  const approvals = await db().binding.findMany({ where: within(keys) });
  const requests = await db().request.findMany({
    where: { id: { in: [...new Set(approvals.map((row) => row.requestId))] } },
    select: { id: true, number: true },
  });
  const numbers = new Map(requests.map(({ id, number }) => [id, number]));
  return approvals.map((row) => ({ ...row, requestNumber: numbers.get(row.requestId) ?? null }));
}

/** What was approved here for one binding's name; null: nothing ever was. */
export async function approvedBinding(bindingId: string): Promise<ApprovedBinding | null> {
  const row = await db().binding.findUnique({ where: { bindingKey: idKey(bindingId) } });
  return row === null ? null : approvedOf(row);
}

/** What was approved here for the bindings of one cluster. */
export async function approvedOn(clusterId: string): Promise<ApprovedBinding[]> {
  return (await db().binding.findMany({ where: within([idKey(clusterId)]) })).map(approvedOf);
}

/** A row of the record in the form that plans and comparisons use. */
export function approvedOf(row: Binding): ApprovedBinding {
  return {
    name: row.name,
    sourceResourceId: row.sourceId,
    roles: row.roles,
    state: row.state === "approved-absent" ? "approved-absent" : "approved-present",
    remindAt: row.remindAt?.toISOString() ?? null,
  };
}

/** Bindings that a source holds on other clusters, as last seen. */
export async function boundElsewhere(sourceId: string, exceptClusterId: string): Promise<BindingObservation[]> {
  return db().bindingObservation.findMany({
    where: { sourceKey: idKey(sourceId), present: true, clusterKey: { not: idKey(exceptClusterId) } },
    orderBy: { bindingKey: "asc" },
  });
}

type Run = { id: string; requestId: string; clusterKey: string };

/** Keeps what a plan's approval says of its binding: the approved state that the bindings page holds against the live one. */
export async function recordApproval(tx: Tx, run: Run, change: BindingChange, duration: Duration): Promise<void> {
  const { after } = change;
  const approved = {
    ...bindingOf(run, change),
    roles: after?.roles ?? [],
    state: after === null ? "approved-absent" : "approved-present",
    requestId: run.requestId,
    runId: run.id,
    changedAt: now(),
    remindAt: after !== null && duration.type === "timed" ? fromNow(duration.hours * 3_600_000) : null,
  };
  const bindingKey = idKey(change.id);
  await tx.binding.upsert({ where: { bindingKey }, create: { bindingKey, ...approved }, update: approved });
}

/** Keeps what the read-back of a plan's binding saw. */
export async function recordReadBack(tx: Tx, run: Run, change: BindingChange): Promise<void> {
  const seen = {
    ...bindingOf(run, change),
    roles: (change.after ?? change.before)?.roles ?? [],
    provisioningState: "Succeeded",
    observedAt: now(),
    present: change.after !== null,
  };
  const bindingKey = idKey(change.id);
  await tx.bindingObservation.upsert({ where: { bindingKey }, create: { bindingKey, ...seen }, update: seen });
}

function bindingOf({ clusterKey }: Run, { id, name, sourceResourceId, after, before }: BindingChange) {
  const sourceId = (after ?? before)?.sourceResourceId ?? sourceResourceId;
  return { bindingId: id, clusterKey, name, sourceId, sourceKey: idKey(sourceId) };
}
