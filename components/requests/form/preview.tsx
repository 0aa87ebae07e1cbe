import type { ReactNode } from "react";
import { EyeOff, FilePen } from "@/components/ui/icons";
import { Short } from "@/components/ui/arm-id";
import { Spinner } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { Fold } from "@/components/ui/fold";
import { Notice } from "@/components/ui/notice";
import { RuleChanges } from "@/components/ui/rule-changes";
import { Section } from "@/components/ui/section";
import { NetworkChanges } from "@/components/network/network-changes";
import { PlanCalls } from "../plan/calls";
import { PlanChanges } from "../plan/changes";
import { Checks } from "../plan/checks";
import { PlanRisk } from "../plan/risk";
import { PlanVerdict } from "../plan/verdict";
import { isBindingPlanView, isDeploymentPlanView, type Check, type CheckAnswer } from "../shapes";
import { Names } from "@/components/ui/names";
import { FormProblem } from "./wrong-fields";

type Props = { answer: CheckAnswer | undefined; error: unknown; waiting: boolean; missing: string[]; onRetry: () => void };
/** Which checks with a field the form says beside it; the preview has the others. */
type BesideField = { besideField: (check: Check) => boolean };

/** The plan of a role binding or a list of ranges as it would be, while one types. Nothing is stored. */
export function Preview({ besideField, ...props }: Props & BesideField) {
  return <PreviewFrame {...props}>{(answer) => <Answered answer={answer} besideField={besideField} />}</PreviewFrame>;
}

/** The card of a preview: what is still needed, a failure, or what the check answered. */
export function PreviewFrame({
  answer,
  error,
  waiting,
  missing,
  onRetry,
  children,
}: Props & { children: (answer: CheckAnswer) => ReactNode }) {
  return (
    <Section
      title="Plan preview"
      aside={
        <output className="flex items-center gap-1.5">
          {waiting && missing.length === 0 && (
            <>
              <Spinner /> checking
            </>
          )}
        </output>
      }
    >
      {missing.length > 0 ? (
        <Empty icon={FilePen} title="The plan shows up here while you type">
          Still needed: {missing.join(", ")}.
        </Empty>
      ) : error !== null ? (
        <FormProblem error={error} onRetry={onRetry} />
      ) : answer === undefined ? (
        <Empty icon={FilePen} title="Reading Azure with your rights…" />
      ) : (
        children(answer)
      )}
    </Section>
  );
}

function Answered({ answer: { plan, digest, checks, ruleChanges, planning }, besideField }: { answer: CheckAnswer } & BesideField) {
  const others = checks.filter((check) => check.field === undefined || check.status === "ok" || !besideField(check));
  const besideFields = new Set(checks.filter((check) => check.field !== undefined).map((check) => check.message));
  // A reason that is yet to be written is no error of the plan.
  const asked = ["reason", "ticket"];
  const inForm = checks.filter(({ field, status }) => status === "blocking" && field !== undefined && !asked.includes(field)).length;
  if (plan === null) {
    return (
      <NotPlanned planning={planning}>
        <Checks checks={others} />
      </NotPlanned>
    );
  }
  return (
    <div className="space-y-3">
      {inForm > 0 && (
        <Notice
          tone="danger"
          title={`${inForm === 1 ? "One field" : `${inForm} fields`} of the form ${inForm === 1 ? "stands" : "stand"} in the way`}
        >
          As it is, this plan would not be taken. What is wrong stands beside the field.
        </Notice>
      )}
      <p className="text-base font-semibold text-balance">
        <Names text={plan.sentence} />
      </p>
      {isBindingPlanView(plan) ? (
        <PlanChanges plan={plan} />
      ) : (
        !isDeploymentPlanView(plan) && <NetworkChanges clusterId={plan.target.clusterId} network={plan.network} />
      )}
      <div className="border-t border-line pt-3">
        <PlanRisk plan={plan} />
      </div>
      <div className="border-t border-line pt-3">
        <PlanVerdict verdict={{ ...plan.verdict, refusals: plan.verdict.refusals.filter((refusal) => !besideFields.has(refusal)) }} />
      </div>
      <div className="space-y-1.5 border-t border-line pt-3">
        <Checks checks={others} />
        {ruleChanges.length > 0 && (
          <Fold summary={`Access in Kubernetes (${ruleChanges.length} lines)`}>
            <div className="overflow-x-auto">
              <RuleChanges changes={ruleChanges} />
            </div>
          </Fold>
        )}
        <Fold summary="Exactly what will be done">
          <PlanCalls plan={plan} />
        </Fold>
        {digest !== null && (
          <p className="flex items-center gap-1 text-xs text-ink-3">
            Digest <Short text={digest} what="digest" />
          </p>
        )}
      </div>
    </div>
  );
}

/** Why there is no plan to show yet. */
export function NotPlanned({ planning, children }: Pick<CheckAnswer, "planning"> & { children: ReactNode }) {
  return (
    <div className="space-y-3">
      {planning === "cluster-not-readable" && (
        <Empty icon={EyeOff} title="You cannot read this cluster">
          You may still ask. Whether it exists and what it has is not shown to you; an eligible approver makes the plan with their own
          rights.
        </Empty>
      )}
      {planning === "incomplete" && <p className="text-ink-3">The plan cannot be made yet; the form says what is in the way.</p>}
      {children}
    </div>
  );
}
