import { BinderyError } from "@/lib/kernel/errors";

/** Where a keyset-paged list goes on: the time and id of the last row of the page before. */
export type Cursor = { at: Date; id: string };

/** An opaque cursor for a row. */
export function cursorOf(at: Date, id: string): string {
  return Buffer.from(JSON.stringify([at.toISOString(), id])).toString("base64url");
}

/** Reads a cursor back; throws `invalid_input` for anything that this house did not write. */
export function readCursor(text: string | undefined): Cursor | null {
  if (text === undefined) return null;
  try {
    const [at, id] = JSON.parse(Buffer.from(text, "base64url").toString("utf8")) as [unknown, unknown];
    const date = new Date(String(at));
    if (typeof id === "string" && !Number.isNaN(date.getTime())) return { at: date, id };
  } catch {
    // Falls through to the one refusal below.
  }
  throw new BinderyError("invalid_input", "This page link is not valid.", { field: "cursor", remedy: "Start from the first page." });
}

/** The bounded keyset condition, newest first: `field <= at and (field < at or id < id)`. It uses the (field, id) index on every page. */
export function before(field: string, cursor: Cursor | null): object {
  if (cursor === null) return {};
  return { [field]: { lte: cursor.at }, OR: [{ [field]: { lt: cursor.at } }, { id: { lt: cursor.id } }] };
}

/** Cuts the one row too many that was asked for, and tells the next cursor. */
export function pageOf<T extends { id: string }>(rows: T[], limit: number, at: (row: T) => Date): { rows: T[]; nextCursor: string | null } {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { rows: shown, nextCursor: rows.length > limit && last !== undefined ? cursorOf(at(last), last.id) : null };
}
