import { canonicalJson } from "@/lib/kernel/json";
import { redact } from "@/lib/kernel/log";
import type { AuditAction, AuditOutcome } from "./actions";

/** Who did it. An `Actor` fits; the system itself is null. */
export type AuditActor = {
  oid: string;
  name: string;
  sessionId?: string;
  acrs?: readonly string[];
  amr?: readonly string[];
  authTime?: Date;
  ip?: string | null;
  userAgent?: string | null;
};

/** One thing to put on record. `summary` is a sentence for people; `before` and `after` are the two sides of a change. */
export type AuditInput = {
  tid: string;
  action: AuditAction;
  outcome: AuditOutcome;
  actor?: AuditActor | null;
  subject?: { type: string; id: string };
  /** Lower-case ARM id of the cluster. */
  clusterKey?: string;
  requestId?: string;
  runId?: string;
  correlationId?: string;
  summary: string;
  before?: unknown;
  after?: unknown;
  detail?: unknown;
};

/** The event as it is read back from its text. Times are ISO 8601, UTC. */
export type AuditEventText = {
  version: 1;
  at: string;
  tid: string;
  action: string;
  outcome: string;
  actor: {
    oid: string;
    name: string;
    sessionId?: string;
    acrs?: string[];
    amr?: string[];
    authTime?: string;
    ip?: string;
    userAgent?: string;
  } | null;
  subject: { type: string; id: string } | null;
  clusterKey: string | null;
  requestId: string | null;
  runId: string | null;
  correlationId: string | null;
  summary: string;
  before: unknown;
  after: unknown;
  detail: unknown;
};

/** The text that is stored and hashed: RFC 8785 (canonical JSON), without secrets. The columns beside it only serve the filters. */
export function eventText(input: AuditInput, at: Date): string {
  const event: AuditEventText = {
    version: 1,
    at: at.toISOString(),
    tid: input.tid.toLowerCase(),
    action: input.action,
    outcome: input.outcome,
    actor: actorText(input.actor ?? null),
    subject: input.subject === undefined ? null : { type: input.subject.type, id: input.subject.id },
    clusterKey: input.clusterKey ?? null,
    requestId: input.requestId ?? null,
    runId: input.runId ?? null,
    correlationId: input.correlationId ?? null,
    summary: String(clean(input.summary)),
    before: clean(input.before),
    after: clean(input.after),
    detail: clean(input.detail),
  };
  return canonicalJson(event);
}

/** Reads an event's text back. The text was written by `eventText`. */
export function readEventText(text: string): AuditEventText {
  return JSON.parse(text) as AuditEventText;
}

function actorText(actor: AuditActor | null): AuditEventText["actor"] {
  if (actor === null) return null;
  const { oid, name, sessionId, authTime } = actor;
  return {
    oid,
    name,
    sessionId,
    acrs: actor.acrs && [...actor.acrs],
    amr: actor.amr && [...actor.amr],
    authTime: authTime?.toISOString(),
    ip: actor.ip ?? undefined,
    userAgent: actor.userAgent == null ? undefined : String(clean(actor.userAgent)),
  };
}

/** A value as plain JSON (dates as ISO 8601 text, absent as null) with secrets taken out and nothing else left off. */
function clean(value: unknown): unknown {
  if (value === undefined) return null;
  const plain: unknown = JSON.parse(JSON.stringify(value, (_key, item: unknown) => (typeof item === "bigint" ? item.toString() : item)));
  return redact(plain, { items: 10_000, depth: 30 });
}
