import Link from "next/link";
import { NetworkChanges } from "@/components/network/network-changes";
import { ProductionMark } from "@/components/clusters/marks";
import { Short } from "@/components/ui/arm-id";
import { Choice } from "@/components/ui/field";
import { Fold } from "@/components/ui/fold";
import { Names } from "@/components/ui/names";
import { Notice } from "@/components/ui/notice";
import { Section } from "@/components/ui/section";
import { PlanCalls } from "../plan/calls";
import { Checks } from "../plan/checks";
import { PlanRisk } from "../plan/risk";
import { PlanVerdict } from "../plan/verdict";
import { Approvals } from "../review/approvals";
import { isNetworkPlanView } from "../shapes";
import { RequestStateBadge } from "../state-badge";
import type { BatchRequest } from "./queries";

type Props = { request: BatchRequest; chosen: boolean | null; onChoose: (isIn: boolean) => void };

/** One request of several: all that its decision needs. `chosen`: whether the decision takes it along; null: it cannot. */
export function BatchCard({ request, chosen, onChoose }: Props) {
  const { plan, state, number, clusterName, id, voided, digest, runs } = request;
  const network = plan !== null && isNetworkPlanView(plan) ? plan.network : null;
  return (
    <Section
      title={
        <span className="flex flex-wrap items-center gap-2">
          <Link href={`/requests/${id}`} className="text-brand-ink hover:underline">
            <span className="num">#{number}</span> {clusterName}
          </Link>
          {plan?.target.production === true && <ProductionMark />}
        </span>
      }
      aside={
        <>
          {runs[0] !== undefined && (
            <Link href={`/runs/${runs[0].id}`} className="text-brand-ink hover:underline">
              run {runs[0].number}
            </Link>
          )}
          <RequestStateBadge state={state} />
        </>
      }
    >
      <div className="space-y-3">
        {chosen === null ? (
          state === "waiting" && <p className="text-ink-3">{request.may.approve.why}</p>
        ) : (
          <Choice checked={chosen} onChange={(event) => onChoose(event.target.checked)} label={`Decide on ${clusterName}`} />
        )}
        {voided !== null && state === "waiting" && (
          <Notice tone="warning" title={`The facts changed: plan ${voided.version} is void, plan ${request.planVersion} took its place`}>
            <ul className="list-disc pl-4">
              {voided.reasons.map((reason) => (
                <li key={reason}>{reason}</li>
              ))}
            </ul>
          </Notice>
        )}
        <p className="font-medium">
          <Names text={request.sentence} />
        </p>
        {plan !== null && (
          <div className="grid gap-3 lg:grid-cols-2">
            <div className="min-w-0">{network !== null && <NetworkChanges clusterId={request.clusterId} network={network} />}</div>
            <div className="min-w-0 space-y-3">
              <PlanRisk plan={plan} />
              <Checks checks={plan.preconditions} />
              <PlanVerdict verdict={plan.verdict} state={state} />
              <Approvals request={request} />
              <Fold summary="Exactly what will be done">
                <PlanCalls plan={plan} />
              </Fold>
              {digest !== null && (
                <p className="flex items-center gap-1 text-xs text-ink-3">
                  Plan {request.planVersion}, digest <Short text={digest} what="digest" />
                </p>
              )}
            </div>
          </div>
        )}
      </div>
    </Section>
  );
}
