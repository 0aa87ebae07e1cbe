import type { Actor } from "@/lib/auth/actor";
import { callerFor } from "@/lib/auth/caller";
import { mapReadable, shown } from "@/lib/azure/readable";
import { getSource } from "@/lib/azure/sources";
import type { AzureCaller, SourceResource, Workspace } from "@/lib/azure/types";
import type { Answer, QueryOut } from "@/lib/http/contract";
import { inParallel } from "@/lib/kernel/parallel";
import { idKey, parseResourceId } from "@/lib/kernel/resource-id";
import { shortCache } from "@/lib/kernel/short-cache";
import { personKeyOf, workspacesOf } from "./fleet";

type Source = Answer<"GET /api/v1/sources">["items"][number];

/** A list for choosing from is never longer. */
const listedAtMost = 200;

/** Machine learning workspaces that this person may see, by name; `search` looks in name, friendly name, group, region and id. */
export async function readSources(actor: Actor, query: QueryOut<"GET /api/v1/sources">): Promise<Answer<"GET /api/v1/sources">> {
  const list = await workspacesOf(actor);
  const wanted = query.search?.toLowerCase() ?? "";
  const found = list.items
    .map((item) => ({ item, shape: sourceShape(item) }))
    .filter(({ shape }) => query.subscription === undefined || shape.subscriptionId === query.subscription)
    .filter(({ item }) =>
      [item.name, item.friendlyName, item.resourceGroup, item.location, item.id].some((text) => text?.toLowerCase().includes(wanted)),
    )
    .map(({ shape }) => shape)
    .sort((a, b) => a.name.localeCompare(b.name) || a.id.localeCompare(b.id));
  return { items: found.slice(0, listedAtMost), total: found.length, failures: list.failures, at: list.at };
}

/** One resource by its id, read live. */
export async function readSource(actor: Actor, query: QueryOut<"GET /api/v1/sources/one">): Promise<Answer<"GET /api/v1/sources/one">> {
  return { source: shown(mapReadable(await getSource(callerFor(actor), query.id), sourceShape)) };
}

/** A resource that may be a source, as the browser gets it. */
export function sourceShape(source: SourceResource | Workspace): Source {
  const parts = parseResourceId(source.id);
  return {
    id: source.id,
    name: source.name,
    type: source.type,
    location: source.location,
    subscriptionId: (parts.subscriptionId ?? "").toLowerCase(),
    resourceGroup: parts.resourceGroup ?? "",
    friendlyName: "friendlyName" in source ? source.friendlyName : null,
    identity: source.identity,
  };
}

const existence = shortCache<boolean | null>({ freshMs: 60_000, staleMs: 300_000, max: 5000 });

/**
 * Which of some sources exist, as far as this person's token can tell: by source key; one that could not be read has no entry. What
 * Azure lists to the person need not be asked for one by one.
 */
export async function existingSources(actor: Actor, sourceIds: string[]): Promise<Map<string, boolean>> {
  const listed = new Set((await workspacesOf(actor)).items.map(({ id }) => idKey(id)));
  const caller = callerFor(actor);
  const found = new Map<string, boolean>();
  await inParallel(6, [...new Map(sourceIds.map((id) => [idKey(id), id]))], async ([key, id]) => {
    const exists = listed.has(key) ? true : await existence.get(`${personKeyOf(actor)}|${key}`, () => askExists(caller, id));
    if (exists !== null) found.set(key, exists);
  });
  return found;
}

async function askExists(caller: AzureCaller, id: string): Promise<boolean | null> {
  const { state } = await getSource(caller, id);
  return state === "ok" ? true : state === "absent" ? false : null;
}
