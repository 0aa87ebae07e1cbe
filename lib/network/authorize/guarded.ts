import type { Readable } from "@/lib/azure/types";
import { canonicalJson, type Json } from "@/lib/kernel/json";
import { idKey } from "@/lib/kernel/resource-id";
import type { GuardedFact, Plan, UnreadableFact } from "@/lib/plans/plan";
import type { ClusterList } from "./facts";
import type { LiveNetwork } from "./live";
import { entryKeys } from "./same-list";

type Guard = { label: string; void: string };

/** The Azure action that reads a cluster. */
export const readCluster = "Microsoft.ContainerService/managedClusters/read";

/** The facts that the approval of a list rests on, in whatever plan. */
const listGuards: Record<string, Guard & { value: (live: LiveNetwork) => Json }> = {
  "authorized-ranges": {
    label: "The authorized ranges of the API server",
    value: ({ ranges }) => entryKeys(ranges),
    void: "Somebody adds an entry to the authorized ranges of the cluster, or removes one.",
  },
  "access-profile": {
    label: "The rest of the API server's access profile",
    value: ({ access }) => access,
    void: "The API server's access profile changes, as when it becomes private.",
  },
  "network-profile": {
    label: "The cluster's way out (outbound type, load balancer)",
    value: ({ outboundType, loadBalancerSku }) => ({
      outboundType: outboundType?.toLowerCase() ?? null,
      loadBalancerSku: loadBalancerSku?.toLowerCase() ?? null,
    }),
    void: "The outbound type or the load balancer of the cluster changes.",
  },
};

/** Those of a plan about a list alone, which no other part of the plan brings. */
const clusterGuards: Record<string, Guard & { value: (read: ClusterList) => Json }> = {
  "cluster-id": { label: "The cluster", value: ({ cluster }) => idKey(cluster.id), void: "The cluster is deleted or moved." },
  "cluster-uid": {
    label: "The cluster's unique id (changes when it is made anew)",
    value: ({ live }) => live.resourceUid,
    void: "The cluster is deleted and made anew under its name.",
  },
};

/** The guarded facts of a list. Held against an approved plan, one that cannot be read now keeps its approved value: that is told as a missing right. */
export function listFacts(read: Readable<ClusterList>, baseline: Pick<Plan, "guardedFacts"> | undefined): GuardedFact[] {
  return Object.entries(listGuards).map(([key, { label, value }]) =>
    heldAgainst(baseline, { key, label, ...(read.state === "ok" ? { verified: true, value: value(read.value.live) } : unread) }),
  );
}

/** The guarded facts of the cluster itself, in the same way; proven absent where it is gone. */
export function clusterFacts(read: Readable<ClusterList>, baseline: Pick<Plan, "guardedFacts"> | undefined): GuardedFact[] {
  return Object.entries(clusterGuards).map(([key, { label, value }]) =>
    heldAgainst(baseline, {
      key,
      label,
      ...(read.state === "ok" ? { verified: true, value: value(read.value) } : { ...unread, verified: read.state === "absent" }),
    }),
  );
}

const unread = { verified: false, value: null } as const;

function heldAgainst(baseline: Pick<Plan, "guardedFacts"> | undefined, fact: GuardedFact): GuardedFact {
  const approved = baseline?.guardedFacts.find(({ key }) => key === fact.key);
  return approved !== undefined && (!approved.verified || !fact.verified) ? approved : fact;
}

/** Whether a list lets in the same as an approved plan found. */
export const isAsApproved = (live: LiveNetwork, { guardedFacts }: Pick<Plan, "guardedFacts">): boolean =>
  !changedFacts(live, { guardedFacts: guardedFacts.filter(({ key }) => key === "authorized-ranges") }).length;

/** Those of an approved plan's facts about a list that this token cannot read. */
export const unreadableListFacts = (read: Readable<unknown>, clusterId: string, against: Pick<Plan, "guardedFacts">): UnreadableFact[] =>
  unreadableOf(Object.keys(listGuards), read, clusterId, against);

/** The same with those about the cluster, of a plan about a list alone. */
export const unreadableList = (read: Readable<unknown>, clusterId: string, against: Pick<Plan, "guardedFacts">): UnreadableFact[] =>
  unreadableOf([...Object.keys(clusterGuards), ...Object.keys(listGuards)], read, clusterId, against);

function unreadableOf(
  keys: readonly string[],
  read: Readable<unknown>,
  clusterId: string,
  against: Pick<Plan, "guardedFacts">,
): UnreadableFact[] {
  if (read.state === "ok" || read.state === "absent") return [];
  const { action = readCluster, scope = clusterId } = read.state === "no-permission" ? read : {};
  return against.guardedFacts.flatMap(({ key, label, verified }) =>
    verified && keys.includes(key) ? [{ key, label, action, scope }] : [],
  );
}

/** What of these facts would void a plan, in sentences. */
export const listVoids = (facts: readonly GuardedFact[]): string[] =>
  facts.filter(({ verified }) => verified).flatMap(({ key }) => ({ ...listGuards, ...clusterGuards })[key]?.void ?? []);

/** Which of a plan's verified facts about the list a live cluster does not bear out, as their labels; a cluster made anew counts. */
export function changedFacts(live: LiveNetwork, { guardedFacts }: Pick<Plan, "guardedFacts">): string[] {
  const now: Record<string, Json> = {
    ...Object.fromEntries(Object.entries(listGuards).map(([key, { value }]) => [key, value(live)])),
    "cluster-uid": live.resourceUid,
  };
  return guardedFacts.flatMap(({ key, label, verified, value }) =>
    verified && Object.hasOwn(now, key) && canonicalJson(now[key] ?? null) !== canonicalJson(value) ? [label] : [],
  );
}
