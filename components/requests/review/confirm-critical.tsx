"use client";
import { roleName } from "@/components/ui/arm-names";
import { isBindingPlanView, isDeploymentPlanView, type PlanView } from "../shapes";
import { ConfirmGesture } from "./confirm-gesture";

type Props = { plan: PlanView; busy: boolean; onConfirm: () => void; onBack: () => void };

/** The second gesture of a critical approval of one plan: names what is given, the worst of it, and where. */
export function ConfirmCritical({ plan, ...gesture }: Props) {
  const { risk, target } = plan;
  const [worst, ...others] = risk.reasons.filter((reason) => reason.level === "critical");
  const what = isBindingPlanView(plan)
    ? (plan.after?.roles ?? []).map(roleName).join(" and ")
    : isDeploymentPlanView(plan)
      ? `Azure ML for ${plan.target.workspaceName}`
      : "Authorized ranges";
  return (
    <ConfirmGesture {...gesture} title="Approve a critical risk?" confirm="Approve the critical risk">
      <p>
        {what} on <strong className="font-semibold">{target.clusterName}</strong>
        {target.production && ", a production cluster"}. {worst?.text}
      </p>
      {others.length > 0 && (
        <p className="text-xs text-ink-2">
          {others.length === 1 ? "One more critical reason stands" : `${others.length} more critical reasons stand`} under “Risk”.
        </p>
      )}
    </ConfirmGesture>
  );
}
