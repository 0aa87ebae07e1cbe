"use client";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { Short } from "@/components/ui/arm-id";
import { clusterPath } from "@/components/ui/arm-names";
import { Facts, Nothing } from "@/components/ui/facts";
import { ProblemNotice } from "@/components/ui/problem";
import { PageHeader, Section } from "@/components/ui/section";
import { SkeletonRows } from "@/components/ui/skeleton";
import { At, Elapsed, Time } from "@/components/ui/time";
import { isMoving } from "@/lib/runs/state";
import { RunCalls } from "./calls";
import { RunDiagnosis } from "./diagnosis";
import { EffectTrack } from "./effect-track";
import { RunEvidence } from "./evidence";
import { PastRuns } from "./past-runs";
import { type RunDetail, runQuery } from "./queries";
import { RunActions } from "./run-actions";
import { RunNotices } from "./run-notices";
import { EffectBadge, RunStateBadge } from "./state-badge";
import { RunSteps } from "./steps";
import { Names } from "@/components/ui/names";

/** A moving run is read again so often even when nothing is told: slowness shows by itself. Ms. */
const movingMs = 5000;

/** One run: what it does, how far it is, what it waits for, and every call that it made. Follows the run by itself. */
export function RunView({ id }: { id: string }) {
  const {
    data: run,
    error,
    refetch,
  } = useQuery({ ...runQuery(id), refetchInterval: ({ state }) => (isMoving(state.data?.state ?? "") ? movingMs : false) });
  if (run === undefined) return error === null ? <SkeletonRows /> : <ProblemNotice error={error} onRetry={() => void refetch()} />;
  return (
    <>
      <PageHeader
        above={
          <span className="flex flex-wrap items-center gap-x-2">
            <Link href="/runs" className="text-brand-ink hover:underline">
              Runs
            </Link>
            <span aria-hidden>/</span>
            <span className="num">Run {run.number}</span>
            <span>
              of{" "}
              <Link href={`/requests/${run.requestId}`} className="text-brand-ink hover:underline">
                request #{run.requestNumber}
              </Link>
            </span>
            {run.attempt > 1 && <span>attempt {run.attempt}</span>}
          </span>
        }
        title={<Names text={run.sentence} />}
        actions={<RunActions run={run} />}
      />
      <div className="mb-3 space-y-2 empty:hidden">
        {error !== null && <ProblemNotice error={error} onRetry={() => void refetch()} />}
        <RunNotices run={run} />
      </div>
      <RunDiagnosis answers={run.diagnosis} />
      <div className="grid items-start gap-3 xl:grid-cols-[minmax(0,1fr)_22.5rem]">
        <Section title="Steps" aside={<LiveWords run={run} />}>
          <RunSteps
            kind={run.kind}
            steps={run.steps}
            moving={isMoving(run.state)}
            said={run.state === "failed" ? (run.error?.message ?? null) : null}
          />
        </Section>
        <Section title="Effect" aside={<EffectBadge run={run} />}>
          <EffectTrack run={run} />
          <div className="mt-3 empty:hidden">
            <PastRuns run={run} />
          </div>
        </Section>
      </div>
      <RunEvidence run={run} />
      <Section title="About this run" className="mt-3">
        <RunFacts run={run} />
      </Section>
      <Section title="Calls to Azure" aside={<span className="num">{run.calls.length} calls, newest last</span>} flush className="mt-3">
        <RunCalls calls={run.calls} />
      </Section>
    </>
  );
}

/** The state in words that a screen reader hears when it changes. */
function LiveWords({ run }: { run: RunDetail }) {
  return (
    <output>
      <RunStateBadge state={run.state} slow={run.slow} paused={run.paused} />
    </output>
  );
}

function RunFacts({ run }: { run: RunDetail }) {
  const cluster = clusterPath(run.clusterId);
  // What a person has to do, and a pause, stand above the steps already.
  const saidAbove = run.paused || run.state === "rights-needed" || run.state === "sign-in-needed";
  return (
    <Facts
      columns={3}
      items={[
        ["At the moment", saidAbove ? undefined : (run.waitingFor ?? undefined)],
        [
          "Cluster",
          cluster === null ? (
            run.clusterName
          ) : (
            <Link key="cluster" href={cluster} className="text-brand-ink hover:underline">
              {run.clusterName}
            </Link>
          ),
        ],
        ["Acts as", run.actingName],
        ["Acts until", run.endedAt === null ? <At key="until" iso={run.actUntil} /> : undefined],
        ["Queued", <Time key="queued" iso={run.queuedAt} />],
        ["Begun", run.startedAt === null ? <Nothing key="begun">not yet</Nothing> : <Time key="begun" iso={run.startedAt} />],
        [
          run.endedAt === null ? "So far" : "Took",
          run.startedAt === null ? undefined : <Elapsed key="took" from={run.startedAt} to={run.endedAt} />,
        ],
        ["Ended", run.endedAt === null ? undefined : <Time key="ended" iso={run.endedAt} />],
        ["Plan", `version ${run.planVersion}`],
        ["Digest", <Short key="digest" text={run.digest} what="digest" />],
        ["Correlation", <Short key="correlation" text={run.correlationId} what="correlation id" />],
      ]}
    />
  );
}
