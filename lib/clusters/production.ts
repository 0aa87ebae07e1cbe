import { settings } from "@/lib/kernel/settings";

/** True when one of the tags (case does not count) marks a production cluster, as BINDERY_PRODUCTION_TAGS says: `key=value,…`. */
export function isProduction(tags: Record<string, string>): boolean {
  const marks = new Set(settings().BINDERY_PRODUCTION_TAGS.map((mark) => mark.toLowerCase()));
  return Object.entries(tags).some(([key, value]) => marks.has(`${key}=${value}`.toLowerCase()));
}
