"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { flushSync } from "react-dom";
import { Notice } from "@/components/ui/notice";
import { ProblemNotice } from "@/components/ui/problem";
import { Section } from "@/components/ui/section";
import { api, ApiError } from "@/lib/http/api";
import { ConfirmGesture } from "../review/confirm-gesture";
import {
  ChecksInShort,
  DecisionButtons,
  DecisionComment,
  focusApprove,
  focusComment,
  SignInToApprove,
  WhenToStart,
} from "../review/decision-parts";
import { type Batch, batchQuery, type BatchRequest, type Outcome } from "./queries";

type Props = {
  batch: Batch;
  chosen: BatchRequest[];
  /** Those whose plan is another one than was shown first. */
  changed: BatchRequest[];
  onDecided: (outcomes: Outcome[]) => void;
};

/** Approve or reject exactly the plans on the screen that are chosen. */
export function BatchDecision({ batch, chosen, changed, onDecided }: Props) {
  const [reason, setReason] = useState("");
  const [start, setStart] = useState<"now" | "later">("now");
  const [reasonMissing, setReasonMissing] = useState(false);
  // What the second gesture is about: another choice, or another plan, needs another gesture.
  const about = chosen.map(({ digest }) => digest).join();
  const [asked, setAsked] = useState<string | null>(null);
  const confirming = asked === about;
  const decide = useDecision(batch.id, (outcomes) => {
    // The comment belongs to what was decided with it.
    if (outcomes.some(({ decided }) => decided !== null)) setReason("");
    onDecided(outcomes);
  });
  const send = (verdict: "approve" | "reject"): void =>
    decide.mutate(
      { verdict, start, ...(reason.trim() === "" ? {} : { reason: reason.trim() }), plans: plansOf(chosen, verdict) },
      { onSettled: () => setAsked(null) },
    );
  const critical = chosen.filter(({ risk }) => risk === "critical");
  const stopped = chosen.filter(({ plan }) => plan?.preconditions.some(({ status }) => status === "blocking") === true);
  const stepUp = chosen.find(({ stepUpNeeded }) => stepUpNeeded !== null)?.stepUpNeeded ?? null;
  if (!batch.requests.some(({ may }) => may.approve.allowed)) {
    return (
      <Section title="Decision">
        <p className="text-ink-3">{whyNone(batch)}</p>
      </Section>
    );
  }
  const error = reasonMissing ? "Say why you reject them." : decide.error instanceof ApiError ? decide.error.fields.reason : undefined;
  const reject = (): void => {
    const missing = reason.trim() === "";
    setReasonMissing(missing);
    if (missing) focusComment();
    else send("reject");
  };
  const back = (): void => {
    // The button is hidden until the panel is gone, and what is hidden takes no focus.
    flushSync(() => setAsked(null));
    focusApprove();
  };
  return (
    <Section title="Decision">
      <div className="space-y-3">
        <p aria-live="polite">{chosen.length === 0 ? "None is chosen." : `On ${namesOf(chosen)}.`}</p>
        {changed.length > 0 && (
          <Notice tone="warning" title={changed.length === 1 ? "One has another plan now" : `${changed.length} have another plan now`}>
            {namesOf(changed)}: no longer chosen. Look at the new plan, then choose it.
          </Notice>
        )}
        {stepUp !== null && <SignInToApprove stepUp={stepUp} />}
        <DecisionComment
          text={reason}
          onText={(text) => {
            setReason(text);
            setReasonMissing(false);
          }}
          hint="One for all of them. Needed to reject."
          error={error}
        />
        <StartChoice batch={batch} chosen={chosen} start={start} onPick={setStart} />
        {chosen.map(({ id, clusterName, plan }) => (
          <ChecksInShort key={id} checks={plan?.preconditions ?? []} about={clusterName} />
        ))}
        {stopped.length > 0 && (
          <Notice tone="danger" title={stopped.length === 1 ? "A check stops one of them" : `Checks stop ${stopped.length} of them`}>
            {namesOf(stopped)}: leave {stopped.length === 1 ? "it" : "them"} out to approve the rest.
          </Notice>
        )}
        {confirming && (
          <ConfirmGesture
            title={critical.length === 1 ? "Approve a critical risk?" : `Approve ${critical.length} critical risks?`}
            confirm={critical.length === 1 ? "Approve the critical risk" : "Approve the critical risks"}
            busy={decide.isPending}
            onConfirm={() => send("approve")}
            onBack={back}
          >
            {critical.map(({ id, clusterName, plan }) => (
              <p key={id}>
                <strong className="font-semibold">{clusterName}</strong>
                {plan?.target.production === true && ", a production cluster"}.{" "}
                {plan?.risk.reasons
                  .filter(({ level }) => level === "critical")
                  .map(({ text }) => text)
                  .join(" ")}
              </p>
            ))}
          </ConfirmGesture>
        )}
        <DecisionButtons
          many={` ${chosen.length}`}
          hidden={confirming}
          sending={decide.isPending ? decide.variables.verdict : null}
          mayApprove={chosen.length > 0 && stopped.length === 0 && stepUp === null}
          mayReject={chosen.length > 0}
          onApprove={() => (critical.length > 0 ? setAsked(about) : send("approve"))}
          onReject={reject}
        />
        {decide.isError && <ProblemNotice error={decide.error} />}
      </div>
    </Section>
  );
}

const namesOf = (requests: readonly BatchRequest[]): string => requests.map(({ clusterName }) => clusterName).join(", ");

type StartProps = { batch: Batch; chosen: BatchRequest[]; start: "now" | "later"; onPick: (start: "now" | "later") => void };

/** Of those whose last approval this is: start now or later, and as whom. */
function StartChoice({ batch: { requesterName }, chosen, start, onPick }: StartProps) {
  const last = chosen.filter(({ approvals, approvalsNeeded }) => approvals + 1 >= (approvalsNeeded ?? 1));
  const own = last.filter(({ plan }) => plan?.verdict.executor === "approver").length;
  const theirs = last.length - own;
  if (last.length === 0)
    return chosen.length > 0 && <p className="text-xs text-ink-3">Nothing begins yet: more approvals are needed after yours.</p>;
  return (
    <>
      {theirs > 0 && (
        <p className="text-xs text-ink-3">
          {theirs === 1 ? "One run is" : `${theirs} runs are`} then started by {requesterName}, and {theirs === 1 ? "acts" : "act"} as that
          person.
        </p>
      )}
      {own > 0 && (
        <WhenToStart
          start={start}
          onPick={onPick}
          now={{
            label: own === 1 ? "Start the run at once" : `Start the ${own} runs at once`,
            hint: "Of those whose last approval is yours. Bindery acts as you until each run ends, at most 24 h.",
          }}
          laterHint="Somebody who may carry them out starts each; its run acts as that person."
        />
      )}
    </>
  );
}

/** What is sent of each: the digest on the screen, and that its critical risk is accepted, which the second gesture said. */
const plansOf = (chosen: readonly BatchRequest[], verdict: "approve" | "reject") =>
  chosen.map(({ id, digest, risk }) => ({
    id,
    digest: digest ?? "",
    ...(verdict === "approve" && risk === "critical" ? { acceptsRisk: "critical" as const } : {}),
  }));

function whyNone({ requests }: Batch): string {
  const waiting = requests.filter(({ state }) => state === "waiting");
  if (waiting.length === 0) return "All of them are decided.";
  return waiting[0]?.may.approve.why ?? "You may not decide on these.";
}

function useDecision(id: string, onDecided: (outcomes: Outcome[]) => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Parameters<typeof api<"POST /api/v1/batches/{id}/decisions">>[1]["body"]) =>
      api("POST /api/v1/batches/{id}/decisions", { params: { id }, body }),
    onSuccess: ({ outcomes }) => onDecided(outcomes),
    // A refusal means that something moved on.
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: batchQuery(id).queryKey }),
        client.invalidateQueries({ queryKey: ["GET /api/v1/requests"] }),
        client.invalidateQueries({ queryKey: ["GET /api/v1/me"] }),
      ]),
  });
}
