import { BinderyError } from "./errors";
import { idKey } from "./resource-id";

/** One page of a list that is sorted by lower-cased ARM id. The cursor is that of the last item before the page. Throws `invalid_input` for a strange cursor. */
export function idPage<T>(
  sorted: readonly T[],
  query: { cursor?: string | undefined; limit: number },
  idOf: (item: T) => string,
): { items: T[]; nextCursor: string | null } {
  const after = query.cursor === undefined ? "" : keyOf(query.cursor);
  const rest = sorted.filter((item) => idKey(idOf(item)) > after);
  const items = rest.slice(0, query.limit);
  const last = items.at(-1);
  return { items, nextCursor: last !== undefined && rest.length > query.limit ? cursorOf(idKey(idOf(last))) : null };
}

const cursorOf = (key: string): string => Buffer.from(key, "utf8").toString("base64url");

function keyOf(cursor: string): string {
  const key = Buffer.from(cursor, "base64url").toString("utf8");
  if (key.startsWith("/subscriptions/") && cursorOf(key) === cursor) return key;
  throw new BinderyError("invalid_input", "This page link is not valid.", { field: "cursor", remedy: "Start from the first page." });
}
