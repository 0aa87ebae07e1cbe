import type { RoleCatalogue } from "@/lib/azure/types";
import { db } from "@/lib/db/client";
import type { RoleSnapshot } from "@/lib/db/generated/client";
import { newId } from "@/lib/kernel/ids";
import { digestOf } from "@/lib/kernel/json";
import { fullNameOf, rulesHash, type TrustedAccessRole } from "./rules";

/** A trusted access role catalogue as it was read, stored once per content. */
export type Snapshot = { hash: string; roles: TrustedAccessRole[]; firstSeenAt: Date; lastSeenAt: Date };

/** `lastSeenAt` is written anew only when it is older than this, ms: most looks then write nothing. */
const touchAfterMs = 60_000;

/** SHA-256 of what a catalogue allows, whatever the order of its roles and rules. */
export function catalogueHash(roles: TrustedAccessRole[]): string {
  return digestOf(
    roles
      .map((role) => ({ role: fullNameOf(role).toLowerCase(), rules: rulesHash(role.rules) }))
      .sort((a, b) => (a.role < b.role ? -1 : 1)),
  );
}

/** Keeps a catalogue that was read live at a time. The same content only moves its `lastSeenAt`. */
export async function saveSnapshot(catalogue: RoleCatalogue, at: Date): Promise<Snapshot> {
  const key = {
    subscriptionId: catalogue.subscriptionId.toLowerCase(),
    location: catalogue.location.toLowerCase(),
    hash: catalogueHash(catalogue.roles),
  };
  const known = await db().roleSnapshot.findUnique({ where: { subscriptionId_location_hash: key } });
  if (known !== null && at.getTime() - known.lastSeenAt.getTime() < touchAfterMs) return snapshotOf(known);
  const roles = catalogue.roles.map(({ sourceResourceType, name, rules }) => ({ sourceResourceType, name, rules }));
  const saved = await db().roleSnapshot.upsert({
    where: { subscriptionId_location_hash: key },
    create: { id: newId(), ...key, roles, firstSeenAt: at, lastSeenAt: at },
    update: { lastSeenAt: at },
  });
  return snapshotOf(saved);
}

/** The newest catalogue of a subscription and region; null when nobody ever read one. */
export async function latestSnapshot(subscriptionId: string, location: string): Promise<Snapshot | null> {
  return (await snapshotHistory(subscriptionId, location, 1))[0] ?? null;
}

/** Catalogues of a subscription and region, the newest first, at most `limit`. */
export async function snapshotHistory(subscriptionId: string, location: string, limit = 20): Promise<Snapshot[]> {
  const found = await db().roleSnapshot.findMany({
    where: { subscriptionId: subscriptionId.toLowerCase(), location: location.toLowerCase() },
    orderBy: [{ lastSeenAt: "desc" }, { id: "desc" }],
    take: limit,
  });
  return found.map(snapshotOf);
}

/** The newest catalogue of each region of some subscriptions (lower case), or of all: key `subscription/location`. */
export async function latestSnapshots(subscriptionIds: string[] | "all"): Promise<Map<string, Snapshot>> {
  const found = await db().roleSnapshot.findMany({
    where: subscriptionIds === "all" ? {} : { subscriptionId: { in: subscriptionIds } },
    distinct: ["subscriptionId", "location"],
    orderBy: [{ subscriptionId: "asc" }, { location: "asc" }, { lastSeenAt: "desc" }],
  });
  return new Map(found.map((row) => [`${row.subscriptionId}/${row.location}`, snapshotOf(row)]));
}

function snapshotOf(row: RoleSnapshot): Snapshot {
  return { hash: row.hash, roles: row.roles as TrustedAccessRole[], firstSeenAt: row.firstSeenAt, lastSeenAt: row.lastSeenAt };
}
