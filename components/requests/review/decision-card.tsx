"use client";
import { Short } from "@/components/ui/arm-id";
import { AnchorButton } from "@/components/ui/button";
import { Fold } from "@/components/ui/fold";
import { Notice } from "@/components/ui/notice";
import { Section } from "@/components/ui/section";
import { Age } from "@/components/ui/time";
import { Checks } from "../plan/checks";
import { PlanVoids } from "../plan/facts";
import { PlanVerdict } from "../plan/verdict";
import type { PlanView, RequestDetail } from "../shapes";
import { Approvals } from "./approvals";
import { DecideForm } from "./decide-form";
import { OwnActions } from "./own-actions";

/** Everything that a decision rests on, and the buttons. */
export function DecisionCard({ request }: { request: RequestDetail }) {
  const { plan, may, stepUpNeeded, state } = request;
  return (
    <Section title="Decision" aside={plan !== null && <Age iso={plan.plannedAt} word={`planned by ${plan.plannedBy.name}`} />}>
      <div className="space-y-3">
        {plan !== null && (
          <>
            <PlanVerdict verdict={plan.verdict} />
            <Approvals request={request} />
          </>
        )}
        {stepUpNeeded !== null && may.approve.allowed && (
          <Notice
            tone="warning"
            title="Sign in again to approve"
            actions={
              <AnchorButton size="sm" href={stepUpNeeded.signInUrl}>
                Sign in again
              </AnchorButton>
            }
          >
            {stepUpNeeded.why}
          </Notice>
        )}
        {state === "waiting" && <DecideForm key={request.digest} request={request} />}
        <OwnActions request={request} />
        {plan !== null && <WhatItRestsOn request={request} plan={plan} />}
      </div>
    </Section>
  );
}

/** Conditions that are checked again before the write, what would void the plan, and its digest. */
function WhatItRestsOn({ request, plan }: { request: RequestDetail; plan: PlanView }) {
  return (
    <div className="space-y-2 border-t border-line pt-3">
      <Checks checks={plan.preconditions} />
      <Fold summary="What would void this plan" className="text-xs">
        <PlanVoids plan={plan} />
      </Fold>
      {request.digest !== null && (
        <p className="flex items-center gap-1 text-xs text-ink-3">
          Plan {request.planVersion}, digest <Short text={request.digest} what="digest" />
        </p>
      )}
    </div>
  );
}
