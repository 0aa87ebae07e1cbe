import type { ReactNode } from "react";
import { AnchorButton, Button } from "@/components/ui/button";
import { Choice, describedBy, Field, Textarea } from "@/components/ui/field";
import { AlertTriangle, Check as CheckMark, X } from "@/components/ui/icons";
import { Notice } from "@/components/ui/notice";
import type { Check, RequestDetail } from "../shapes";

type CommentProps = { text: string; onText: (text: string) => void; hint: string; error: string | undefined };

/** What the decider wants on record beside the decision. */
export function DecisionComment({ text, onText, hint, error }: CommentProps) {
  return (
    <Field id="decision-reason" label="Comment for the record" hint={hint} error={error}>
      <Textarea
        id="decision-reason"
        rows={2}
        value={text}
        maxLength={2000}
        aria-invalid={error !== undefined}
        aria-describedby={describedBy("decision-reason", { hint: true, error: error !== undefined })}
        onChange={(event) => onText(event.target.value)}
      />
    </Field>
  );
}

/** Puts the focus into the comment. */
export const focusComment = (): void => document.getElementById("decision-reason")?.focus();
/** Puts the focus on the button that approves. */
export const focusApprove = (): void => document.getElementById("approve")?.focus();

type ButtonsProps = {
  /** What is decided on: stands behind the words, as a number of requests. */
  many?: string;
  hidden: boolean;
  /** The decision that is under way; null: none. */
  sending: "approve" | "reject" | null;
  mayApprove: boolean;
  mayReject: boolean;
  onApprove: () => void;
  onReject: () => void;
};

/** Approve and reject. */
export function DecisionButtons({ many = "", hidden, sending, mayApprove, mayReject, onApprove, onReject }: ButtonsProps) {
  return (
    <div className="flex flex-wrap gap-2" hidden={hidden}>
      <Button
        id="approve"
        kind="primary"
        icon={CheckMark}
        busy={sending === "approve"}
        disabled={!mayApprove || sending !== null}
        onClick={onApprove}
      >
        Approve{many}
      </Button>
      <Button icon={X} busy={sending === "reject"} disabled={!mayReject || sending !== null} onClick={onReject}>
        Reject{many}
      </Button>
    </div>
  );
}

type StartProps = {
  start: "now" | "later";
  onPick: (start: "now" | "later") => void;
  /** Words of the first choice, and what stands below it while it is chosen. */
  now: { label: string; hint: string; below?: ReactNode };
  laterHint: string;
};

/** For an approval that is the last one: start now, or leave it to somebody. */
export function WhenToStart({ start, onPick, now, laterHint }: StartProps) {
  return (
    <fieldset className="space-y-0.5">
      <legend className="sr-only">When to start</legend>
      <Choice type="radio" name="start" checked={start === "now"} onChange={() => onPick("now")} label={now.label} hint={now.hint} />
      {start === "now" && now.below}
      <Choice
        type="radio"
        name="start"
        checked={start === "later"}
        onChange={() => onPick("later")}
        label="Approve only"
        hint={laterHint}
      />
    </fieldset>
  );
}

/** That the policy wants another sign-in before an approval, and the way there. */
export function SignInToApprove({ stepUp: { why, signInUrl } }: { stepUp: NonNullable<RequestDetail["stepUpNeeded"]> }) {
  return (
    <Notice
      tone="warning"
      title="Sign in again to approve"
      actions={
        <AnchorButton size="sm" href={signInUrl}>
          Sign in again
        </AnchorButton>
      }
    >
      {why}
    </Notice>
  );
}

const shortWords = { warning: ["warning", "warnings"], "not-verified": ["not verified", "not verified"] } as const;

/** How many checks need a look, right above the buttons; each stands in full beside the plan. `about`: whose checks they are. What stops the request is said by `Stopped`. */
export function ChecksInShort({ checks, about }: { checks: Check[]; about?: string }) {
  const counts = (["warning", "not-verified"] as const).map((status) => ({
    status,
    count: checks.filter((check) => check.status === status).length,
  }));
  const open = counts.filter(({ count }) => count > 0);
  if (open.length === 0) return null;
  return (
    <p className="flex items-center gap-1.5 text-xs text-warning-ink">
      <AlertTriangle aria-hidden className="size-3.5 shrink-0" />
      {about ?? "Checks"}: {open.map(({ status, count }) => `${count} ${shortWords[status][count === 1 ? 0 : 1]}`).join(", ")}
    </p>
  );
}
