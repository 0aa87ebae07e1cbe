import type { World } from "../world";
import { StatusError } from "./status";

/** A list is kept for five minutes: then its places mean nothing any more (etcd's compaction), ms. */
const keptMs = 300_000;

/** A page of a list by `limit` and `continue`. Throws StatusError 410 for a place in a list that is gone, 400 for one that is none. */
export function pageOf<T>(world: World, query: URLSearchParams, items: T[]): { items: T[]; metadata: Record<string, unknown> } {
  const place = placeOf(query.get("continue") ?? "");
  const now = world.clock.now();
  const begun = place?.at ?? now;
  if (place !== null && now - place.at > world.clock.scaled(keptMs))
    throw new StatusError(
      410,
      "Expired",
      "The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter, or use the continue token in this response to retrieve the remainder of the results. Continuing with the provided token results in an inconsistent list - objects that were created, modified, or deleted between the time the first chunk was returned and now may show up in the list.",
    );
  const limit = Number(query.get("limit") ?? 0);
  const start = place?.start ?? 0;
  const end = Number.isInteger(limit) && limit > 0 ? start + limit : items.length;
  const left = items.length - end;
  const more = left > 0 ? { continue: tokenOf({ start: end, at: begun }), remainingItemCount: left } : {};
  return { items: items.slice(start, end), metadata: { resourceVersion: String(Math.floor(begun / 1000)), ...more } };
}

type Place = { start: number; at: number };

function tokenOf(place: Place): string {
  return Buffer.from(JSON.stringify({ v: "meta.k8s.io/v1", ...place })).toString("base64url");
}

function placeOf(token: string): Place | null {
  if (token === "") return null;
  try {
    const { start, at } = JSON.parse(Buffer.from(token, "base64url").toString("utf8")) as Place;
    if (Number.isInteger(start) && Number.isFinite(at)) return { start, at };
  } catch {
    // Not one of ours: said below.
  }
  throw new StatusError(400, "BadRequest", "continue key is not valid: invalid character");
}
