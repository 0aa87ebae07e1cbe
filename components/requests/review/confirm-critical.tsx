"use client";
import { ShieldAlert } from "@/components/ui/icons";
import { useEffect, useRef } from "react";
import { Button } from "@/components/ui/button";
import { roleName } from "@/components/ui/arm-names";
import { isBindingPlanView, isDeploymentPlanView, type PlanView } from "../shapes";

type Props = { plan: PlanView; busy: boolean; onConfirm: () => void; onBack: () => void };

/**
 * The second gesture of a critical approval: names what is given, the worst of it, and where. The focus goes to the panel and not to a
 * button, so that the key that opened it cannot approve as well; Esc goes back.
 */
export function ConfirmCritical({ plan, busy, onConfirm, onBack }: Props) {
  const { risk, target } = plan;
  const panel = useRef<HTMLFieldSetElement>(null);
  useEffect(() => panel.current?.focus(), []);
  const [worst, ...others] = risk.reasons.filter((reason) => reason.level === "critical");
  const what = isBindingPlanView(plan)
    ? (plan.after?.roles ?? []).map(roleName).join(" and ")
    : isDeploymentPlanView(plan)
      ? `Azure ML for ${plan.target.workspaceName}`
      : "Authorized ranges";
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Esc anywhere in the panel goes back
    <fieldset
      ref={panel}
      tabIndex={-1}
      aria-describedby="confirm-critical"
      onKeyDown={(event) => event.key === "Escape" && onBack()}
      className="space-y-2 rounded-lg border border-danger-line bg-danger-tint px-3 py-2 outline-none"
    >
      <legend className="sr-only">Approve a critical risk?</legend>
      <p aria-hidden className="flex items-center gap-1.5 font-semibold text-danger-ink">
        <ShieldAlert className="size-4 shrink-0" />
        Approve a critical risk?
      </p>
      <div id="confirm-critical" className="space-y-1">
        <p>
          {what} on <strong className="font-semibold">{target.clusterName}</strong>
          {target.production && ", a production cluster"}. {worst?.text}
        </p>
        {others.length > 0 && (
          <p className="text-xs text-ink-2">
            {others.length === 1 ? "One more critical reason stands" : `${others.length} more critical reasons stand`} under “Risk”.
          </p>
        )}
      </div>
      <div className="flex flex-wrap gap-2">
        <Button onClick={onBack} disabled={busy}>
          Back
        </Button>
        <Button kind="danger" busy={busy} onClick={onConfirm}>
          Approve the critical risk
        </Button>
      </div>
    </fieldset>
  );
}
