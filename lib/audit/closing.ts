import { db } from "@/lib/db/client";
import { readEventText } from "./event";

/** How a request ended without a decision: when (ISO 8601), by whom (null: by itself), and why in that person's words. */
export type Closing = { at: string; by: string | null; why: string | null; summary: string };

const actions = ["request-withdrawn", "request-expired"];

/** The event by which a request was withdrawn or expired; null when it was neither. Whoever may see the request may see this of it. */
export async function closingOf(tid: string, requestId: string): Promise<Closing | null> {
  const row = await db().auditEvent.findFirst({
    where: { tid, requestId, action: { in: actions }, outcome: "ok" },
    orderBy: { sequence: "desc" },
    select: { event: true },
  });
  if (row === null) return null;
  const { at, actor, summary, detail } = readEventText(row.event);
  const why = (detail as { reason?: string | null } | null)?.reason ?? null;
  return { at, by: actor?.name ?? null, why, summary };
}
