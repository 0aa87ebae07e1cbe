import { Short } from "@/components/ui/arm-id";
import { Fold } from "@/components/ui/fold";
import { Names } from "@/components/ui/names";
import { NotPlanned, PreviewFrame } from "@/components/requests/form/preview";
import { PlanCalls } from "@/components/requests/plan/calls";
import { Checks } from "@/components/requests/plan/checks";
import { PlanExports } from "@/components/requests/plan/exports";
import { PlanRisk } from "@/components/requests/plan/risk";
import { PlanVerdict } from "@/components/requests/plan/verdict";
import { type CheckAnswer, isDeploymentPlanView } from "@/components/requests/shapes";
import { span } from "@/components/ui/time-words";
import { DeploymentChanges } from "../plan-cards";

type Props = { answer: CheckAnswer | undefined; error: unknown; waiting: boolean; missing: string[]; onRetry: () => void };

/** The plan of a deployment or teardown as it would be, while one types. Nothing is stored. */
export function DeploymentPreview(props: Props) {
  return <PreviewFrame {...props}>{(answer) => <Answered answer={answer} />}</PreviewFrame>;
}

function Answered({ answer: { plan, digest, checks, planning, exports } }: { answer: CheckAnswer }) {
  if (plan === null || !isDeploymentPlanView(plan)) {
    return (
      <NotPlanned planning={planning}>
        <Checks checks={checks} />
      </NotPlanned>
    );
  }
  const said = new Set(checks.map(({ message }) => message));
  const typical = plan.steps.reduce((sum, { expectSeconds }) => sum + expectSeconds.typical, 0);
  return (
    <div className="space-y-3">
      <p className="text-base font-semibold text-balance">
        <Names text={plan.sentence} />
      </p>
      <DeploymentChanges plan={plan} />
      <div className="border-t border-line pt-3">
        <PlanRisk plan={plan} />
      </div>
      <div className="border-t border-line pt-3">
        <PlanVerdict verdict={{ ...plan.verdict, refusals: plan.verdict.refusals.filter((refusal) => !said.has(refusal)) }} />
      </div>
      <div className="space-y-1.5 border-t border-line pt-3">
        <Checks checks={checks} />
      </div>
      <div className="space-y-1.5 border-t border-line pt-3">
        <ol className="list-decimal space-y-0.5 pl-5">
          {plan.steps.map((step) => (
            <li key={step.id}>
              <Names text={step.title} /> <span className="text-xs text-ink-3">usually {span(step.expectSeconds.typical)}</span>
            </li>
          ))}
        </ol>
        <p className="text-xs text-ink-3">All together usually {span(typical)}.</p>
        <Fold summary="Exactly what will be done">
          <PlanCalls plan={plan} />
        </Fold>
        <PlanExports plan={plan} exports={exports} />
        {digest !== null && (
          <p className="flex items-center gap-1 text-xs text-ink-3">
            Digest <Short text={digest} what="digest" />
          </p>
        )}
      </div>
    </div>
  );
}
