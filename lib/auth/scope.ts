import { getCluster } from "@/lib/azure/clusters";
import { listSubscriptions } from "@/lib/azure/subscriptions";
import type { AzureCaller } from "@/lib/azure/types";
import { listVisible } from "@/lib/azure/visible";
import { db, transaction } from "@/lib/db/client";
import { now } from "@/lib/kernel/clock";
import { isBinderyError } from "@/lib/kernel/errors";
import { log } from "@/lib/kernel/log";
import type { Actor } from "./actor";
import { callerFor, freshRoles } from "./caller";
import { singleFlight } from "./in-turn";
import { endAll, renewRoles } from "./session-store";

/** What Azure returned to a person's own token. Subscription ids and ARM ids in lower case. */
type Shown = { subscriptionIds: string[]; resourceKeys: string[]; groupKeys: string[]; refreshedAt: Date };
/** `goneKeys`: deleted clusters whose record this person may see, since Azure shows their resource group or subscription. */
export type Scope = Shown & { goneKeys: string[] };

/** A scope is never older than this, ms. */
const lifeMs = 10 * 60_000;
/** From this age on it is renewed beside the request that saw it, so that nobody waits. Ms. */
const renewMs = 7 * 60_000;
/** For so long a scope that was read is not read again: a page asks for it several times. Ms. */
const momentMs = 2_000;
/** So many clusters that fell out of a person's scope are asked for one by one. */
const askedAtMost = 20;
const once = singleFlight<Scope>();
/** Scopes that were just read, by person. Not the house's short cache: the age of a scope follows the clock that tests move. */
const recent = new Map<string, { scope: Promise<Scope>; at: number }>();

/**
 * What this person may see: at most ten minutes old, renewed by Azure's answer to the person's own token. Throws `sign_in_needed` or
 * `azure_unavailable` when it cannot be renewed: an old scope is not used instead.
 */
export function visibleScope(actor: Actor): Promise<Scope> {
  const before = recent.get(keyOf(actor));
  if (before !== undefined && Math.abs(now().getTime() - before.at) < momentMs) return before.scope;
  return remember(actor, knownOrRenewed(actor));
}

const keyOf = ({ tid, oid }: Actor): string => `${tid}/${oid}`;

/** What failed is asked for again by whoever comes next. */
function remember(actor: Actor, scope: Promise<Scope>): Promise<Scope> {
  const key = keyOf(actor);
  if (recent.size > 1000) recent.clear();
  const entry = { scope, at: now().getTime() };
  recent.set(key, entry);
  scope.catch(() => {
    if (recent.get(key) === entry) recent.delete(key);
  });
  return scope;
}

async function knownOrRenewed(actor: Actor): Promise<Scope> {
  const known = await db().visibleScope.findUnique({ where: { tid_oid: { tid: actor.tid, oid: actor.oid } } });
  const age = known === null ? Number.POSITIVE_INFINITY : now().getTime() - known.refreshedAt.getTime();
  if (known === null || age >= lifeMs) return renewScope(actor);
  if (age >= renewMs) renewScope(actor).catch((error: unknown) => log("info", "scope-not-renewed", { oid: actor.oid, error }));
  return withGone(known);
}

async function withGone(shown: Shown): Promise<Scope> {
  const gone = await db().goneCluster.findMany();
  return { ...shown, goneKeys: gone.map(({ clusterKey }) => clusterKey).filter((key) => canSee(shown, key, true)) };
}

/** Asks Azure anew. Callers of one person at one time share the work. */
export function renewScope(actor: Actor): Promise<Scope> {
  return once(keyOf(actor), async () => {
    const scope = await askAzure(actor);
    return remember(actor, Promise.resolve(scope));
  });
}

async function askAzure(actor: Actor): Promise<Scope> {
  await renewPortalRoles(actor);
  const caller = callerFor(actor);
  const [subscriptions, visible] = await Promise.all([listSubscriptions(caller), listVisible(caller)]);
  const subscriptionIds = subscriptions.map((subscription) => subscription.id.toLowerCase());
  const shown: Shown = { subscriptionIds, ...visible, refreshedAt: now() };
  const key = { tid: actor.tid, oid: actor.oid };
  const before = await db().visibleScope.findUnique({ where: { tid_oid: key } });
  await db().visibleScope.upsert({ where: { tid_oid: key }, create: { ...key, ...shown }, update: shown });
  await noteGone(caller, before?.resourceKeys ?? [], shown.resourceKeys);
  return withGone(shown);
}

/**
 * A cluster that Azure showed before and shows no more was deleted, or the person's rights on it ended: Azure is asked which, with the
 * person's own token. Only clusters that requests are about matter; one that is there again is no longer gone.
 */
async function noteGone(caller: AzureCaller, before: string[], after: string[]): Promise<void> {
  await db().goneCluster.deleteMany({ where: { clusterKey: { in: after } } });
  const still = new Set(after);
  const dropped = before.filter((key) => !still.has(key));
  if (dropped.length === 0) return;
  const about = await db().request.findMany({
    where: { clusterKey: { in: dropped } },
    distinct: ["clusterKey"],
    select: { clusterKey: true, clusterId: true },
    take: askedAtMost,
  });
  for (const { clusterKey, clusterId } of about) {
    if ((await getCluster(caller, clusterId)).state !== "absent") continue;
    await db().goneCluster.upsert({ where: { clusterKey }, create: { clusterKey, goneAt: now() }, update: {} });
  }
}

/**
 * The portal roles of a session are as old as the scope at most, and a disabled account loses its sessions here. While Entra does not
 * answer the roles stay as they were: nobody gains by it, and a decision asks Entra for itself.
 */
async function renewPortalRoles(actor: Actor): Promise<void> {
  try {
    const { portalRoles } = await freshRoles(actor);
    await renewRoles(actor, portalRoles);
  } catch (error) {
    if (isBinderyError(error) && error.facts.azureCode === "AADSTS50057") await transaction((tx) => endAll(tx, actor, "account disabled"));
    if (!isBinderyError(error, "azure_unavailable")) throw error;
    log("warn", "roles-not-renewed", { oid: actor.oid, error });
  }
}

/**
 * Whether an ARM id (lower case; of a resource or of something inside it) lies in a scope. `gone`: Azure proved that the resource no
 * longer exists; then its resource group decides, and after that its subscription.
 */
export function canSee(scope: Pick<Scope, "subscriptionIds" | "resourceKeys" | "groupKeys">, idKey: string, gone = false): boolean {
  if (scope.resourceKeys.some((key) => idKey === key || idKey.startsWith(`${key}/`))) return true;
  if (!gone) return false;
  const [, subscription, group] = /^\/subscriptions\/([^/]+)(?:\/resourcegroups\/([^/]+))?/.exec(idKey) ?? [];
  if (subscription === undefined) return false;
  if (group !== undefined && scope.groupKeys.includes(`/subscriptions/${subscription}/resourcegroups/${group}`)) return true;
  return scope.subscriptionIds.includes(subscription);
}
