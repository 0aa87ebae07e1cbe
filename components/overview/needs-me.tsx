"use client";
import { useQuery } from "@tanstack/react-query";
import { CheckCheck, Plus } from "@/components/ui/icons";
import Link from "next/link";
import type { ReactNode } from "react";
import { RunStateBadge } from "@/components/runs/state-badge";
import { runsQuery } from "@/components/runs/queries";
import { requestsQuery } from "@/components/requests/queries";
import { kindWord } from "@/components/requests/words";
import { LinkButton } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { ProblemNotice } from "@/components/ui/problem";
import { RiskBadge } from "@/components/ui/risk-badge";
import { Section } from "@/components/ui/section";
import { SkeletonRows } from "@/components/ui/skeleton";
import { Time } from "@/components/ui/time";
import { useMe } from "@/components/shell/me";
import { needsMeRuns, waitingRequests } from "./queries";
import { Names } from "@/components/ui/names";

/** Requests that wait for this person's decision, and runs that wait for this person. */
export function NeedsMe() {
  const requests = useQuery(requestsQuery(waitingRequests));
  const runs = useQuery(runsQuery(needsMeRuns));
  const me = useMe();
  const error = requests.error ?? runs.error;
  const count = (requests.data?.items.length ?? 0) + (runs.data?.items.length ?? 0);
  return (
    <Section
      title="Needs you"
      aside={
        requests.data?.nextCursor != null && (
          <Link href="/requests?view=waiting-for-me" className="text-brand-ink hover:underline">
            All {me?.counts?.waitingForMe}
          </Link>
        )
      }
      flush
    >
      {error !== null && <ProblemNotice error={error} onRetry={() => void Promise.all([requests.refetch(), runs.refetch()])} />}
      {error === null && (requests.data === undefined || runs.data === undefined) && <SkeletonRows rows={3} />}
      {requests.data !== undefined && runs.data !== undefined && count === 0 && (
        <Empty
          icon={CheckCheck}
          title="Nothing waits for you"
          action={
            me?.can.ask === true && (
              <LinkButton href="/requests/new" icon={Plus}>
                New request
              </LinkButton>
            )
          }
        >
          What you may decide, and runs that want your rights or another sign-in, show up here and in the title of this tab.
        </Empty>
      )}
      {count > 0 && (
        <ul className="divide-y divide-line">
          {runs.data?.items.map((run) => (
            <Waiting
              key={run.id}
              href={`/runs/${run.id}`}
              sentence={run.sentence}
              below={
                <>
                  Run {run.number} as {run.actingName} on {run.clusterName}, <Time iso={run.queuedAt} />
                </>
              }
              badge={<RunStateBadge state={run.state} slow={run.slow} />}
            />
          ))}
          {requests.data?.items.map((request) => (
            <Waiting
              key={request.id}
              href={`/requests/${request.id}`}
              sentence={request.sentence}
              below={
                <>
                  #{request.number} {kindWord(request.kind)} on {request.clusterName}, asked by {request.requesterName}{" "}
                  <Time iso={request.createdAt} />
                </>
              }
              badge={<RiskBadge level={request.risk} />}
            />
          ))}
        </ul>
      )}
    </Section>
  );
}

function Waiting({ href, sentence, below, badge }: { href: string; sentence: string; below: ReactNode; badge: ReactNode }) {
  return (
    <li className="relative flex flex-wrap items-start justify-between gap-x-4 gap-y-1 px-3 py-2 hover:bg-hover">
      <span className="min-w-0 flex-1 basis-72">
        <Link
          href={href}
          data-row-link
          className="font-medium text-brand-ink hover:underline after:absolute after:inset-0 after:content-['']"
        >
          <Names text={sentence} />
        </Link>
        <span className="block text-xs text-ink-3">{below}</span>
      </span>
      {badge}
    </li>
  );
}
