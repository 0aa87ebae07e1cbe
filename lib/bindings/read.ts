import { type Actor, holds } from "@/lib/auth/actor";
import { callerFor } from "@/lib/auth/caller";
import type { AzureCaller, Cluster, PartialList } from "@/lib/azure/types";
import { fleetFor } from "@/lib/clusters/fleet";
import { existingSources } from "@/lib/clusters/sources";
import type { Answer, QueryOut } from "@/lib/http/contract";
import { idPage } from "@/lib/kernel/id-page";
import { idKey, sameId } from "@/lib/kernel/resource-id";
import { cataloguesOf } from "@/lib/roles/catalogue";
import { latestSnapshots } from "@/lib/roles/store";
import { freshen } from "./freshen";
import { type BindingRow, bindingRows } from "./rows";
import { approvalsOf, type ClusterKeys, observationsOf } from "./store";

type List = Answer<"GET /api/v1/bindings">;

/**
 * Role bindings: what was approved here beside what Azure holds, on the clusters that Azure shows to this person; an Auditor sees the
 * record of the whole tenant as well. Sorted by binding key and paged by it; counts are over everything visible.
 */
export async function readBindings(actor: Actor, query: QueryOut<"GET /api/v1/bindings">): Promise<List> {
  const auditor = holds(actor, "Auditor");
  const caller = callerFor(actor);
  const fleet = await fleetFor(caller);
  const wanted = query.cluster === undefined ? undefined : idKey(query.cluster);
  const clusters = fleet.items.filter(({ id }) => wanted === undefined || idKey(id) === wanted);
  const unlisted = await freshen(caller, clusters);
  const keys: ClusterKeys = auditor
    ? wanted === undefined
      ? "all"
      : [wanted]
    : clusters.map(({ id }) => idKey(id)).filter((key) => !unlisted.hidden.has(key));
  const rows = (await rowsOf(caller, keys, clusters)).filter((row) => matches(row, query.search));
  const page = idPage(
    rows.filter((row) => query.standing === undefined || row.standing === query.standing),
    query,
    (row) => row.bindingId,
  );
  const fromRecordOnly = auditor && fleet.items.length === 0;
  return {
    ...page,
    items: fromRecordOnly ? page.items : await withSources(actor, page.items),
    counts: countsOf(rows),
    failures: [...fleet.failures, ...unlisted.failures],
    clusters: fleet.items.length,
    fromRecordOnly,
  };
}

/** The role bindings of one source on the clusters that Azure shows to this person; what could not be read is named. */
export async function bindingsOfSource(actor: Actor, sourceId: string): Promise<{ items: BindingRow[]; failures: List["failures"] }> {
  const caller = callerFor(actor);
  const fleet = await fleetFor(caller);
  const unlisted = await freshen(caller, fleet.items);
  const keys = fleet.items.map(({ id }) => idKey(id)).filter((key) => !unlisted.hidden.has(key));
  const rows = await rowsOf(caller, keys, fleet.items);
  return {
    // Its source is read beside it: it exists.
    items: rows.filter((row) => sameId(row.sourceResourceId, sourceId)).map((row) => ({ ...row, orphan: false })),
    failures: [...fleet.failures, ...unlisted.failures],
  };
}

/** Rows of some clusters as the record has them now. `orphan` is not filled in. */
export async function rowsOf(caller: AzureCaller, keys: ClusterKeys, clusters: PartialList<Cluster>["items"]): Promise<BindingRow[]> {
  const [approvals, observations, snapshots] = await Promise.all([
    approvalsOf(keys),
    observationsOf(keys),
    keys === "all" ? latestSnapshots("all") : cataloguesOf(caller, clusters),
  ]);
  return bindingRows(approvals, observations, { clusters: new Map(clusters.map((cluster) => [idKey(cluster.id), cluster])), snapshots });
}

/** Says of each row whether its source still exists, as far as this person's token can tell. */
export async function withSources(actor: Actor, rows: BindingRow[]): Promise<BindingRow[]> {
  const exists = await existingSources(
    actor,
    rows.map(({ sourceResourceId }) => sourceResourceId),
  );
  return rows.map((row) => {
    const found = exists.get(idKey(row.sourceResourceId));
    return { ...row, orphan: found === undefined ? null : !found };
  });
}

function matches(row: BindingRow, search: string | undefined): boolean {
  if (search === undefined || search === "") return true;
  const text = search.toLowerCase();
  return [row.name, row.clusterName, row.sourceResourceId, ...row.roles.map(({ fullName }) => fullName)].some((part) =>
    part.toLowerCase().includes(text),
  );
}

function countsOf(rows: BindingRow[]): Record<string, number> {
  const counts: Record<string, number> = { "approved-here": 0, "made-outside": 0, missing: 0, different: 0, failed: 0 };
  for (const { standing } of rows) counts[standing] = (counts[standing] ?? 0) + 1;
  return counts;
}
