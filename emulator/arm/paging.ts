import type { ArmCall } from "./context";
import { ArmError } from "./errors";

/** One page of a list with the absolute `nextLink` of the next, which names the place by an opaque `$skiptoken`. */
export function page<T>(call: ArmCall, items: T[], size: number): { value: T[]; nextLink?: string } {
  const start = placeOf(call.incoming.query.get("$skiptoken") ?? call.incoming.query.get("$skipToken"));
  const value = items.slice(start, start + size);
  if (start + size >= items.length) return { value };
  const query = new URLSearchParams(call.incoming.query);
  query.delete("$skipToken");
  query.set("$skiptoken", tokenOf(start + size));
  return { value, nextLink: `${call.world.addresses.azure}${encodeURI(call.incoming.path)}?${query}` };
}

/** An opaque token of a place in a list. */
export function tokenOf(place: number): string {
  return Buffer.from(`place:${place}`).toString("base64url");
}

/** The place that a token names; 0 without one. Throws 400 for a token that is none. */
export function placeOf(token: string | null | undefined): number {
  if (token === null || token === undefined || token === "") return 0;
  const place = /^place:(\d+)$/.exec(Buffer.from(token, "base64url").toString("utf8"))?.[1];
  if (place === undefined) throw new ArmError(400, "InvalidSkipToken", "The provided skip token is not valid.");
  return Number(place);
}
