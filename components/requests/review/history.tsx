"use client";
import { Check, FileText, MessageSquare, TimerOff, Undo2, X } from "@/components/ui/icons";
import { type SyntheticEvent, useState } from "react";
import { Short } from "@/components/ui/arm-id";
import { Button } from "@/components/ui/button";
import { describedBy, Field, Textarea } from "@/components/ui/field";
import { ProblemNotice } from "@/components/ui/problem";
import { Section } from "@/components/ui/section";
import { Time } from "@/components/ui/time";
import { Timeline, TimelineItem } from "@/components/ui/timeline";
import { api, ApiError } from "@/lib/http/api";
import type { RequestDetail } from "../shapes";
import { useRequestWrite } from "./use-request-write";

type Entry = { at: string; decision?: RequestDetail["decisions"][number]; comment?: RequestDetail["comments"][number] };

/** Decisions and comments in order, old plans' decisions too, and a box for a new comment. */
export function History({ request }: { request: RequestDetail }) {
  const entries: Entry[] = [
    ...request.decisions.map((decision) => ({ at: decision.decidedAt, decision })),
    ...request.comments.map((comment) => ({ at: comment.createdAt, comment })),
  ].sort((one, other) => (one.at < other.at ? -1 : 1));
  return (
    <Section title="Decisions and comments">
      <Timeline label="Decisions and comments">
        <TimelineItem icon={FileText} tone="neutral" title={`${request.requesterName} asked`} aside={<Time iso={request.createdAt} />} />
        {entries.map((entry) =>
          entry.decision !== undefined ? (
            <DecisionEntry key={entry.decision.id} decision={entry.decision} present={request.planVersion} />
          ) : (
            entry.comment !== undefined && (
              <TimelineItem
                key={entry.comment.id}
                icon={MessageSquare}
                tone="neutral"
                title={entry.comment.authorName}
                aside={<Time iso={entry.comment.createdAt} />}
              >
                <p className="break-words whitespace-pre-line">{entry.comment.text}</p>
              </TimelineItem>
            )
          ),
        )}
        {request.closing !== null && (
          <TimelineItem
            icon={request.closing.by === null ? TimerOff : Undo2}
            tone="neutral"
            title={request.closing.by === null ? request.closing.summary : `${request.closing.by} withdrew it`}
            aside={<Time iso={request.closing.at} />}
          >
            {request.closing.why !== null && <p className="break-words whitespace-pre-line">{request.closing.why}</p>}
          </TimelineItem>
        )}
      </Timeline>
      {request.may.comment.allowed ? (
        <CommentForm id={request.id} />
      ) : (
        <p className="mt-3 border-t border-line pt-3 text-xs text-ink-3">{request.may.comment.why}</p>
      )}
    </Section>
  );
}

/** Methods of a sign-in that Entra names (learn.microsoft.com, access token claims reference, amr). */
const methods: Record<string, string> = {
  pwd: "password",
  mfa: "multi-factor authentication",
  rsa: "certificate or authenticator app",
  fido: "security key",
  otp: "one-time code",
  wia: "Windows sign-in",
};

function DecisionEntry({ decision, present }: { decision: RequestDetail["decisions"][number]; present: number }) {
  const approved = decision.verdict === "approve";
  return (
    <TimelineItem
      icon={approved ? Check : X}
      tone={approved ? "success" : "danger"}
      title={`${decision.deciderName} ${approved ? "approved" : "rejected"} plan ${decision.planVersion}${decision.planVersion === present ? "" : " (void since)"}`}
      aside={<Time iso={decision.decidedAt} />}
    >
      {decision.reason !== null && <p className="break-words whitespace-pre-line">{decision.reason}</p>}
      <p className="flex flex-wrap items-center gap-x-3 text-xs text-ink-3">
        <span>
          digest <Short text={decision.digest} what="digest" />
        </span>
        <span>
          signed in <Time iso={decision.authTime} />
          {decision.amr.length > 0 && ` by ${decision.amr.map((method) => methods[method] ?? method).join(", ")}`}
        </span>
      </p>
    </TimelineItem>
  );
}

function CommentForm({ id }: { id: string }) {
  const [text, setText] = useState("");
  const comment = useRequestWrite(
    id,
    () => api("POST /api/v1/requests/{id}/comments", { params: { id }, body: { text: text.trim() } }),
    () => {
      setText("");
      return "Commented.";
    },
  );
  const error = comment.error instanceof ApiError ? comment.error.fields.text : undefined;
  const send = (event: SyntheticEvent): void => {
    event.preventDefault();
    comment.mutate(undefined);
  };
  return (
    <form onSubmit={send} className="mt-3 space-y-2 border-t border-line pt-3">
      <Field id="comment" label="Comment" error={error}>
        <Textarea
          id="comment"
          rows={2}
          value={text}
          maxLength={4000}
          aria-invalid={error !== undefined}
          aria-describedby={describedBy("comment", { error: error !== undefined })}
          onChange={(event) => setText(event.target.value)}
        />
      </Field>
      {comment.isError && error === undefined && <ProblemNotice error={comment.error} />}
      <Button type="submit" icon={MessageSquare} busy={comment.isPending} disabled={text.trim() === ""}>
        Comment
      </Button>
    </form>
  );
}
