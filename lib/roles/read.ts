import type { Actor } from "@/lib/auth/actor";
import { callerFor } from "@/lib/auth/caller";
import type { Readable, RoleCatalogue } from "@/lib/azure/types";
import { fleetOf, subscriptionsFor } from "@/lib/clusters/fleet";
import type { Answer, QueryOut } from "@/lib/http/contract";
import { armLocation } from "@/lib/kernel/arm-location";
import { catalogueFor } from "./catalogue";
import { describeRuleChange, diffRules } from "./rule-diff";
import { riskOf } from "./risk";
import { fullNameOf, rulesHash, type TrustedAccessRole } from "./rules";
import { catalogueHash, type Snapshot, snapshotHistory } from "./store";

type Catalogue = Answer<"GET /api/v1/roles">;

/** Subscriptions and regions with clusters that this person may see. */
export async function readRegions(actor: Actor): Promise<Answer<"GET /api/v1/roles/regions">> {
  const [fleet, subscriptions] = await Promise.all([fleetOf(actor), subscriptionsFor(callerFor(actor))]);
  const names = new Map(subscriptions.map(({ id, name }) => [id, name]));
  const regions = new Map<string, Answer<"GET /api/v1/roles/regions">["items"][number]>();
  for (const { subscriptionId, location } of fleet.items) {
    const region = regions.get(`${subscriptionId}/${location}`) ?? {
      subscriptionId,
      subscriptionName: names.get(subscriptionId) ?? subscriptionId,
      location,
      clusters: 0,
    };
    region.clusters += 1;
    regions.set(`${subscriptionId}/${location}`, region);
  }
  const items = [...regions.values()].sort(
    (a, b) => a.subscriptionName.localeCompare(b.subscriptionName) || a.location.localeCompare(b.location),
  );
  return { items, failures: fleet.failures };
}

/**
 * The trusted access roles of a subscription and region: live, or where this person may not read them the last snapshot with its date.
 * A subscription that Azure does not show to this person has neither.
 */
export async function readRoles(actor: Actor, query: QueryOut<"GET /api/v1/roles">): Promise<Catalogue> {
  const subscriptionId = query.subscription.toLowerCase();
  const location = armLocation(query.location);
  const caller = callerFor(actor);
  const [live, seen] = await Promise.all([catalogueFor(caller, subscriptionId, location), showsSubscription(actor, subscriptionId)]);
  const history = seen || live.state === "ok" ? await snapshotHistory(subscriptionId, location) : [];
  const base = { subscriptionId, location, history: historyOf(history) };
  if (live.state === "ok") {
    return {
      ...base,
      source: "live",
      snapshotAt: live.at,
      message: null,
      hash: catalogueHash(live.value.roles),
      roles: live.value.roles.map(roleRow),
    };
  }
  const last = history[0];
  if (last === undefined) return { ...base, source: "none", snapshotAt: null, message: whyNot(live), hash: null, roles: [] };
  return {
    ...base,
    source: "snapshot",
    snapshotAt: last.lastSeenAt.toISOString(),
    message: whyNot(live),
    hash: last.hash,
    roles: last.roles.map(roleRow),
  };
}

async function showsSubscription(actor: Actor, subscriptionId: string): Promise<boolean> {
  const [fleet, subscriptions] = await Promise.all([fleetOf(actor), subscriptionsFor(callerFor(actor))]);
  return subscriptions.some(({ id }) => id === subscriptionId) || fleet.items.some((cluster) => cluster.subscriptionId === subscriptionId);
}

const whyNot = (read: Exclude<Readable<RoleCatalogue>, { state: "ok" }>): string =>
  read.state === "absent" ? "Azure has no trusted access roles in this region." : read.message;

function roleRow(role: TrustedAccessRole): Catalogue["roles"][number] {
  const { level, reasons } = riskOf(role.rules);
  return {
    fullName: fullNameOf(role),
    name: role.name,
    sourceResourceType: role.sourceResourceType,
    rules: role.rules,
    rulesHash: rulesHash(role.rules),
    risk: level,
    reasons,
  };
}

/** Snapshots, newest first, each with what it changed against the one before it. */
function historyOf(snapshots: Snapshot[]): Catalogue["history"] {
  return snapshots.map(({ hash, roles, firstSeenAt, lastSeenAt }, index) => {
    const before = snapshots[index + 1];
    return {
      hash,
      firstSeenAt: firstSeenAt.toISOString(),
      lastSeenAt: lastSeenAt.toISOString(),
      changes: before === undefined ? [] : catalogueChanges(before.roles, roles),
    };
  });
}

/** What changed between two catalogues, in words: roles that came or went, and what became of the rules of the others. */
export function catalogueChanges(before: TrustedAccessRole[], after: TrustedAccessRole[]): string[] {
  const keyed = (roles: TrustedAccessRole[]) => new Map(roles.map((role) => [fullNameOf(role).toLowerCase(), role]));
  const [old, fresh] = [keyed(before), keyed(after)];
  const changes: string[] = [];
  for (const [key, role] of fresh) {
    const was = old.get(key);
    if (was === undefined) changes.push(`New role ${fullNameOf(role)}.`);
    else
      for (const change of diffRules(was.rules, role.rules))
        if (change.change !== "kept") changes.push(`${role.name}: ${describeRuleChange(change)}`);
  }
  for (const [key, role] of old) if (!fresh.has(key)) changes.push(`Role ${fullNameOf(role)} is gone.`);
  return changes;
}
