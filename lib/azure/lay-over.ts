import type { Json } from "@/lib/kernel/json";

/** A whole that was read from Azure, as it is sent back, and the entity tag that it had then. */
export type Whole = { etag: string; json: Json };

/** JSON with a change laid over it: an object's members one by one and at every depth, anything else (a list too) as a whole. */
export function laidOver(whole: Json, change: Json): Json {
  if (!isObject(change)) return change;
  const under = isObject(whole) ? whole : {};
  // `fromEntries` makes a member of any name an own one, `__proto__` too.
  const members = Object.entries(change).map(([name, value]) => [
    name,
    laidOver(Object.hasOwn(under, name) ? (under[name] ?? null) : null, value),
  ]);
  return { ...under, ...(Object.fromEntries(members) as { [key: string]: Json }) };
}

const isObject = (value: Json): value is { [key: string]: Json } => typeof value === "object" && value !== null && !Array.isArray(value);
