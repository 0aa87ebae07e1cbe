"use client";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { flushSync } from "react-dom";
import { Names } from "@/components/ui/names";
import { Notice } from "@/components/ui/notice";
import { ProblemNotice } from "@/components/ui/problem";
import { api, ApiError } from "@/lib/http/api";
import type { Check, RequestDetail } from "../shapes";
import { ConfirmCritical } from "./confirm-critical";
import { ChecksInShort, DecisionButtons, DecisionComment, focusApprove, focusComment, WhenToStart } from "./decision-parts";
import { MissingRights } from "./missing-rights";
import { useRequestWrite } from "./use-request-write";

type Verdict = { verdict: "approve" | "reject"; acceptsRisk?: "critical" };

/** Approve or reject exactly the plan on the screen. Disabled buttons say why. */
export function DecideForm({ request }: { request: RequestDetail }) {
  const { id, digest, may, stepUpNeeded } = request;
  const router = useRouter();
  const [reason, setReason] = useState("");
  const [start, setStart] = useState<"now" | "later">("now");
  const [reasonMissing, setReasonMissing] = useState(false);
  const [confirming, setConfirming] = useState(false);
  const decide = useRequestWrite(
    id,
    (verdict: Verdict) =>
      api("POST /api/v1/requests/{id}/decisions", {
        params: { id },
        body: { digest: digest ?? "", ...verdict, start, reason: reason.trim() || undefined },
      }),
    ({ state, runId }) => {
      if (runId !== null) router.push(`/runs/${runId}`);
      return state === "rejected" ? "Rejected." : runId !== null ? "Approved; the run begins." : approvedWords(request);
    },
  );
  if (!may.approve.allowed && !may.reject.allowed) {
    return <p className="border-t border-line pt-3 text-ink-3">{may.approve.why}</p>;
  }
  const back = (): void => {
    // The button is hidden until the panel is gone, and what is hidden takes no focus.
    flushSync(() => setConfirming(false));
    focusApprove();
  };
  const reject = (): void => {
    const missing = reason.trim() === "";
    setReasonMissing(missing);
    if (missing) focusComment();
    else decide.mutate({ verdict: "reject" });
  };
  const checks = request.plan?.preconditions ?? [];
  const stops = checks.filter(({ status }) => status === "blocking");
  const error = reasonMissing ? "Say why you reject it." : decide.error instanceof ApiError ? decide.error.fields.reason : undefined;
  return (
    <div className="space-y-3 border-t border-line pt-3">
      <DecisionComment
        text={reason}
        onText={(text) => {
          setReason(text);
          setReasonMissing(false);
        }}
        hint="Needed to reject."
        error={error}
      />
      <StartChoice request={request} start={start} onPick={setStart} />
      <ChecksInShort checks={checks} />
      {stops.length > 0 && <Stopped stops={stops} />}
      {confirming && request.plan !== null && (
        <ConfirmCritical
          plan={request.plan}
          busy={decide.isPending}
          onConfirm={() => decide.mutate({ verdict: "approve", acceptsRisk: "critical" }, { onSettled: () => setConfirming(false) })}
          onBack={back}
        />
      )}
      <DecisionButtons
        hidden={confirming}
        sending={decide.isPending ? decide.variables.verdict : null}
        mayApprove={may.approve.allowed && stops.length === 0 && stepUpNeeded === null}
        mayReject={may.reject.allowed}
        onApprove={() => (request.plan?.risk.level === "critical" ? setConfirming(true) : decide.mutate({ verdict: "approve" }))}
        onReject={reject}
      />
      {decide.isError && <ProblemNotice error={decide.error} />}
    </div>
  );
}

/** How far the quorum is with this approval: `1 of 2 approvals.` */
function approvedWords({ approvals, approvalsNeeded }: RequestDetail): string {
  const needed = approvalsNeeded ?? 1;
  return approvals + 1 < needed ? `${approvals + 1} of ${needed} approvals.` : "Approved.";
}

/** For the approval that completes the quorum: start now or later, and as whom. Otherwise nothing begins yet. */
function StartChoice({
  request,
  start,
  onPick,
}: {
  request: RequestDetail;
  start: "now" | "later";
  onPick: (start: "now" | "later") => void;
}) {
  const verdict = request.plan?.verdict;
  if (verdict === undefined || request.approvals + 1 < verdict.approvals) {
    return <p className="text-xs text-ink-3">Nothing begins yet: more approvals are needed after yours.</p>;
  }
  if (verdict.executor === "requester") {
    return (
      <p className="text-xs text-ink-3">
        Yours is the last approval. {request.requesterName} then starts the run, which acts as that person.
      </p>
    );
  }
  return (
    <WhenToStart
      start={start}
      onPick={onPick}
      now={{
        label: "Start at once",
        hint: "Bindery acts as you until this run ends, at most 24 h.",
        below: <MissingRights requestId={request.id} instead="Choose “Approve only”, or activate a role that has it before you approve." />,
      }}
      laterHint="Somebody who may carry it out starts it; the run acts as that person."
    />
  );
}

/** Why nobody can approve: the checks that stop it, and how to look at them anew. */
function Stopped({ stops }: { stops: Check[] }) {
  return (
    <Notice tone="danger" title={stops.length === 1 ? "A check stops this request" : `${stops.length} checks stop this request`}>
      {stops.map((check) => (
        <p key={check.key}>
          <Names text={check.message} /> {check.remedy !== undefined && <Names text={check.remedy} />}
        </p>
      ))}
      <p>“Plan again” looks whether it still stands.</p>
    </Notice>
  );
}
