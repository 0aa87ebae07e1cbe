import { isClusterId } from "@/components/requests/form/draft";
import type { Check } from "@/components/requests/shapes";
import type { BodyIn } from "@/lib/http/contract";
import { type AuthorizeDraft, rangesIn } from "./authorize-draft";

export type SeveralBody = BodyIn<"POST /api/v1/batches">;

/** The form of the same change for several clusters as it is typed. */
export type SeveralDraft = { clusterIds: string[] } & Pick<AuthorizeDraft, "scope" | "own" | "mergeAdjacent" | "reason" | "ticket">;

/** The form with the clusters that a link names, each once. */
export const severalDraft = (named: readonly string[]): SeveralDraft => ({
  clusterIds: withCluster(
    [],
    named.filter((id) => isClusterId(id)),
  ),
  scope: "region-and-pair",
  own: "",
  mergeAdjacent: false,
  reason: "",
  ticket: "",
});

/** The clusters with further ones; one that is there already stays where it is. ARM ids are compared without regard to case. */
export function withCluster(clusterIds: readonly string[], more: readonly string[]): string[] {
  const byKey = new Map<string, string>();
  for (const id of [...clusterIds, ...more].map((one) => one.trim().replace(/\/$/, "")))
    if (!byKey.has(id.toLowerCase())) byKey.set(id.toLowerCase(), id);
  return [...byKey.values()];
}

/** Whether a cluster is among these, however its id is written. */
export const hasCluster = (clusterIds: readonly string[], id: string): boolean =>
  clusterIds.some((one) => one.toLowerCase() === id.toLowerCase());

/** The clusters without one of them. */
export const withoutCluster = (clusterIds: readonly string[], id: string): string[] =>
  clusterIds.filter((one) => one.toLowerCase() !== id.toLowerCase());

/** What is wrong with the form itself, and so with every cluster alike: it stands beside its field. What a scope means differs from cluster to cluster. */
export const isOfForm = ({ field }: Pick<Check, "field">): boolean => ["reason", "ticket", "extra"].includes(field?.split(".", 1)[0] ?? "");

/** The parts that are still needed before plans can be made. */
export const missingOfSeveral = ({ clusterIds }: SeveralDraft): string[] =>
  clusterIds.length >= 2 ? [] : [clusterIds.length === 0 ? "two clusters or more" : "another cluster"];

/** What is sent: each cluster gets the ranges of Azure ML that it lacks, and the further ones. */
export function bodyOfSeveral({ clusterIds, scope, own, mergeAdjacent, reason, ticket }: SeveralDraft): SeveralBody {
  return {
    kind: "network-authorize",
    clusterIds,
    scope,
    addMissing: true,
    extra: rangesIn(own).map((range) => ({ range, for: "own" as const })),
    mergeAdjacent,
    reason,
    ...(ticket.trim() === "" ? {} : { ticket }),
  };
}

/** Where the form opens with these clusters; for one, where the form of one does. */
export function severalLink(clusterIds: readonly string[]): string {
  if (clusterIds.length === 1) return `/network/new?${new URLSearchParams({ cluster: clusterIds[0] ?? "" })}`;
  return `/network/new/several?${new URLSearchParams(clusterIds.map((id) => ["cluster", id]))}`;
}
