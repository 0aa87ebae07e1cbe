import { Checks } from "@/components/requests/plan/checks";
import { PlanRisk } from "@/components/requests/plan/risk";
import { FormProblem } from "@/components/requests/form/wrong-fields";
import type { CheckAnswer } from "@/components/requests/shapes";
import { isNetworkPlanView } from "@/components/requests/shapes";
import { armNames } from "@/components/ui/arm-names";
import { Button, Spinner } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { Fold } from "@/components/ui/fold";
import { Boxes, X } from "@/components/ui/icons";
import { Names } from "@/components/ui/names";
import { RiskBadge } from "@/components/ui/risk-badge";
import { Section } from "@/components/ui/section";
import { NetworkChanges } from "./network-changes";
import { isOfForm } from "./several-draft";

type Props = {
  clusterIds: string[];
  answers: { clusterId: string; answer: CheckAnswer }[];
  error: unknown;
  waiting: boolean;
  onRetry: () => void;
  onLeaveOut: (clusterId: string) => void;
};

/** The chosen clusters, each with the plan that it would get. Nothing is stored. */
export function SeveralPlans({ clusterIds, answers, error, waiting, onRetry, onLeaveOut }: Props) {
  const stopped = answers.filter(({ clusterId, answer }) => clusterIds.includes(clusterId) && isStopped(answer)).length;
  return (
    <Section
      title={clusterIds.length === 0 ? "Clusters" : `Clusters (${clusterIds.length})`}
      aside={
        <output className="flex items-center gap-1.5">
          {waiting ? (
            <>
              <Spinner /> checking
            </>
          ) : (
            stopped > 0 && (
              <span className="text-danger-ink">
                {stopped} cannot be changed so: leave {stopped === 1 ? "it" : "them"} out
              </span>
            )
          )}
        </output>
      }
      flush
    >
      {clusterIds.length === 0 && (
        <Empty icon={Boxes} title="No cluster yet">
          Add them here, or choose them under Network, Clusters.
        </Empty>
      )}
      {error !== null && (
        <div className="p-3">
          <FormProblem error={error} onRetry={onRetry} />
        </div>
      )}
      <ul className="divide-y divide-line">
        {clusterIds.map((clusterId) => (
          <PlanOfOne
            key={clusterId}
            clusterId={clusterId}
            answer={answers.find((one) => one.clusterId === clusterId)?.answer}
            onLeaveOut={() => onLeaveOut(clusterId)}
          />
        ))}
      </ul>
    </Section>
  );
}

const isStopped = ({ checks, planning }: CheckAnswer): boolean =>
  planning === "cluster-not-readable" || checks.some((check) => check.status === "blocking" && !isOfForm(check));

function PlanOfOne({ clusterId, answer, onLeaveOut }: { clusterId: string; answer: CheckAnswer | undefined; onLeaveOut: () => void }) {
  const { name, group } = armNames(clusterId);
  const plan = answer?.plan ?? null;
  const network = plan !== null && isNetworkPlanView(plan) ? plan.network : null;
  // Of one that is planned, what needs a look; of one that is not, why.
  const checks = (answer?.checks ?? []).filter((check) => check.status !== "ok" && !(check.status === "blocking" && isOfForm(check)));
  return (
    <li className="space-y-1.5 px-3 py-2">
      <div className="flex flex-wrap items-start justify-between gap-x-3 gap-y-1">
        <div className="min-w-0">
          <p className="font-medium">{name}</p>
          <p className="text-xs text-ink-3">{group}</p>
        </div>
        <span className="flex items-center gap-2">
          {plan !== null && <RiskBadge level={plan.risk.level} />}
          <Button size="sm" icon={X} onClick={onLeaveOut} aria-label={`Leave out ${name}`}>
            Leave out
          </Button>
        </span>
      </div>
      {plan !== null && (
        <p>
          <Names text={plan.sentence} />
        </p>
      )}
      {answer?.planning === "cluster-not-readable" && (
        <p className="text-danger-ink">You cannot read this cluster. Ask for it alone: whoever approves it plans it.</p>
      )}
      <Checks checks={checks} />
      {network !== null && plan !== null && (
        <Fold summary={`What changes: ${network.list.before.length} → ${network.list.after.length} of ${network.limit} entries`}>
          <div className="space-y-3">
            <NetworkChanges clusterId={clusterId} network={network} />
            <PlanRisk plan={plan} />
          </div>
        </Fold>
      )}
    </li>
  );
}
