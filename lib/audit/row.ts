import type { Answer } from "@/lib/http/contract";
import { readEventText } from "./event";
import type { AuditEventRow } from "./export-rows";

/** An event as pages and CSV show it. All of it is read from the chained text: the columns beside it only find it. */
export function rowOf(stored: AuditEventRow): Answer<"GET /api/v1/audit">["items"][number] {
  const event = readEventText(stored.event);
  return {
    sequence: stored.sequence.toString(),
    at: event.at,
    action: event.action,
    outcome: event.outcome,
    actorName: event.actor?.name ?? null,
    actorOid: event.actor?.oid ?? null,
    summary: event.summary,
    subjectType: event.subject?.type ?? null,
    subjectId: event.subject?.id ?? null,
    clusterKey: event.clusterKey,
    requestId: event.requestId,
    runId: event.runId,
    correlationId: event.correlationId,
    before: event.before,
    after: event.after,
    detail: event.detail,
    hash: stored.hash,
  };
}
