"use client";
import { Short } from "@/components/ui/arm-id";
import { Section } from "@/components/ui/section";
import { Time } from "@/components/ui/time";
import { PlanVerdict } from "../plan/verdict";
import type { RequestDetail } from "../shapes";
import { Approvals } from "./approvals";
import { DecideForm } from "./decide-form";
import { SignInToApprove } from "./decision-parts";
import { OwnActions } from "./own-actions";

/** That nobody decides any more, and why. */
function Closing({ closing: { at, by, why, summary } }: { closing: NonNullable<RequestDetail["closing"]> }) {
  return (
    <div className="border-t border-line pt-3">
      <p>
        {by === null ? (
          <span className="font-medium">{summary}</span>
        ) : (
          <>
            <span className="font-medium">{by}</span> withdrew it
          </>
        )}{" "}
        <span className="text-ink-3">
          <Time iso={at} />
        </span>
      </p>
      {why !== null && <p className="break-words whitespace-pre-line text-ink-2">{why}</p>}
      <p className="text-xs text-ink-3">Nothing was done in Azure. Whoever still needs it asks anew.</p>
    </div>
  );
}

/** What the policy asks for, who decided so far, and the buttons. */
export function DecisionCard({ request }: { request: RequestDetail }) {
  const { plan, may, stepUpNeeded, state } = request;
  return (
    <Section title="Decision">
      <div className="space-y-3">
        {plan !== null && (
          <>
            <PlanVerdict verdict={plan.verdict} state={state} />
            <Approvals request={request} />
          </>
        )}
        {request.closing !== null && <Closing closing={request.closing} />}
        {stepUpNeeded !== null && may.approve.allowed && <SignInToApprove stepUp={stepUpNeeded} />}
        {state === "waiting" && <DecideForm key={request.digest} request={request} />}
        <OwnActions request={request} />
        {request.digest !== null && (
          <p className="flex items-center gap-1 border-t border-line pt-3 text-xs text-ink-3">
            Plan {request.planVersion}, digest <Short text={request.digest} what="digest" />
          </p>
        )}
      </div>
    </Section>
  );
}
