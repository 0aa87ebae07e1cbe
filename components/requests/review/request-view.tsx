"use client";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { Notice } from "@/components/ui/notice";
import { ProblemNotice } from "@/components/ui/problem";
import { RiskBadge } from "@/components/ui/risk-badge";
import { PageHeader, Section } from "@/components/ui/section";
import { SkeletonRows } from "@/components/ui/skeleton";
import { Age, Time } from "@/components/ui/time";
import { Fold } from "@/components/ui/fold";
import { PlanCalls } from "../plan/calls";
import { Checks } from "../plan/checks";
import { PlanVoids } from "../plan/facts";
import { PlanChanges } from "../plan/changes";
import { PlanExports } from "../plan/exports";
import { IndirectAccess, SourceElsewhere } from "../plan/reach";
import { PlanRisk } from "../plan/risk";
import { PlanRules, RuleCounts } from "../plan/rules";
import { requestQuery } from "../queries";
import { NetworkChanges } from "@/components/network/network-changes";
import { DeploymentCards, DeploymentChanges } from "@/components/deployments/plan-cards";
import { isBindingPlanView, isDeploymentPlanView, type PlanView, type RequestDetail } from "../shapes";
import { RequestStateBadge } from "../state-badge";
import { kindWord } from "../words";
import { AskedAt, ReasonLine } from "./asked";
import { DecisionCard } from "./decision-card";
import { History } from "./history";
import { NotPlanned } from "./not-planned";
import { RequestRuns } from "./request-runs";
import { SlotsNow } from "./slots-now";
import { Names } from "@/components/ui/names";

/** One request: all that a decision needs on one screen, the rest below it. */
export function RequestView({ id }: { id: string }) {
  const { data, error, refetch } = useQuery(requestQuery(id));
  if (data === undefined) return error === null ? <SkeletonRows /> : <ProblemNotice error={error} onRetry={() => void refetch()} />;
  return (
    <>
      <Head request={data} />
      {error !== null && <ProblemNotice error={error} onRetry={() => void refetch()} />}
      {data.voided !== null && <Voided voided={data.voided} version={data.planVersion} state={data.state} />}
      <div className="grid items-start gap-3 xl:grid-cols-[minmax(0,1fr)_22.5rem] xl:grid-rows-[auto_1fr]">
        <div className="grid min-w-0 gap-3 lg:grid-cols-2">
          {data.plan === null ? <NotPlanned request={data} /> : <PlanCards request={data} plan={data.plan} />}
        </div>
        <div className="min-w-0 xl:sticky xl:top-15 xl:row-span-2">
          <DecisionCard request={data} />
        </div>
        <div className="grid min-w-0 items-start gap-3 lg:grid-cols-2">
          {data.runs.length > 0 && <RequestRuns runs={data.runs} />}
          {data.plan !== null && (
            <Section title={`Exactly what ${exactly(data.state)}`} className="lg:col-span-2">
              <PlanCalls plan={data.plan} />
              <div className="mt-3">
                <PlanExports plan={data.plan} exports={data.exports} />
              </div>
            </Section>
          )}
          <History request={data} />
        </div>
      </div>
    </>
  );
}

/** The plan's calls in the words of the request's state. */
function exactly(state: string): string {
  if (state === "waiting") return "will be done";
  return state === "approved" || state === "done" ? "was approved" : "was planned";
}

function Head({ request }: { request: RequestDetail }) {
  return (
    <>
      <PageHeader
        above={
          <span className="flex flex-wrap items-center gap-x-2">
            <Link href="/requests" className="text-brand-ink hover:underline">
              Requests
            </Link>
            <span aria-hidden>/</span>
            <span>
              <span className="num">#{request.number}</span> {kindWord(request.kind)}, asked by{" "}
              {request.mine ? "you" : request.requesterName} <AskedAt iso={request.createdAt} ticket={request.ticket} />
            </span>
            {request.batchId !== null && (
              <Link href={`/requests/batch/${request.batchId}`} className="whitespace-nowrap text-brand-ink hover:underline">
                asked for together with other clusters
              </Link>
            )}
          </span>
        }
        title={<Names text={request.sentence} />}
        actions={
          <>
            <RequestStateBadge state={request.state} />
            <RiskBadge level={request.risk} />
          </>
        }
      />
      <ReasonLine reason={request.reason} />
    </>
  );
}

/** A plan was voided: what changed since, so that a second look is a short one. */
function Voided({ voided, version, state }: { voided: NonNullable<RequestDetail["voided"]>; version: number; state: string }) {
  return (
    <Notice
      tone="warning"
      className="mb-3"
      title={`The facts changed, so plan ${voided.version} is void; ${state === "waiting" ? `plan ${version} needs a decision of its own` : `plan ${version} took its place`}`}
    >
      <ul className="list-disc pl-4">
        {voided.reasons.map((reason) => (
          <li key={reason}>{reason}</li>
        ))}
      </ul>
      <p className="mt-0.5 text-xs text-ink-3">
        Everything else is as it was in plan {voided.version}. Void since <Time iso={voided.at} />; approvals of it no longer count.
      </p>
    </Notice>
  );
}

function PlanCards({ request, plan }: { request: RequestDetail; plan: PlanView }) {
  const changes = request.ruleChanges;
  return (
    <>
      <Section title="What changes">
        {isBindingPlanView(plan) ? (
          <PlanChanges plan={plan} slotsNote={<SlotsNow request={request} plan={plan} />} />
        ) : isDeploymentPlanView(plan) ? (
          <DeploymentChanges plan={plan} />
        ) : (
          <NetworkChanges clusterId={plan.target.clusterId} network={plan.network} />
        )}
      </Section>
      <Section title="Risk">
        <PlanRisk plan={plan} />
      </Section>
      {isDeploymentPlanView(plan) && <DeploymentCards plan={plan} />}
      {changes.length + plan.roles.length > 0 && (
        <Section title="Access in Kubernetes" aside={<RuleCounts changes={changes} />} className="lg:col-span-2">
          <PlanRules changes={changes} />
        </Section>
      )}
      {isBindingPlanView(plan) && (
        <>
          <Section title="What this source holds elsewhere">
            <SourceElsewhere plan={plan} />
          </Section>
          <Section title="Who gets this indirectly">
            <IndirectAccess plan={plan} />
          </Section>
        </>
      )}
      <PlanChecks plan={plan} />
    </>
  );
}

/** Conditions that are checked again before the write, and what would void the plan. */
function PlanChecks({ plan }: { plan: PlanView }) {
  return (
    <Section title="Checks" aside={<Age iso={plan.plannedAt} word={`planned by ${plan.plannedBy.name}`} />} className="lg:col-span-2">
      <Checks
        checks={plan.preconditions.map((check) =>
          check.key === "rights" ? { ...check, label: `Azure rights of ${plan.plannedBy.name}` } : check,
        )}
      />
      <Fold summary="What would void this plan" className="mt-1.5">
        <PlanVoids plan={plan} />
      </Fold>
    </Section>
  );
}
