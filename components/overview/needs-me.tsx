"use client";
import { useQuery } from "@tanstack/react-query";
import { CheckCheck, Plus } from "lucide-react";
import Link from "next/link";
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
import { RowLink, Table, Td, Th, Tr } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { useMe } from "@/components/shell/me";
import { needsMeRuns, waitingRequests } from "./queries";

/** Requests that wait for this person's decision, and runs that wait for this person. */
export function NeedsMe() {
  const requests = useQuery(requestsQuery(waitingRequests));
  const runs = useQuery(runsQuery(needsMeRuns));
  const me = useMe();
  const error = requests.error ?? runs.error;
  const head = (
    <>
      <Th>What</Th>
      <Th>State</Th>
      <Th>Cluster</Th>
      <Th>Since</Th>
    </>
  );
  const count = (requests.data?.counts.waitingForMe ?? 0) + (runs.data?.items.length ?? 0);
  return (
    <Section
      title="Needs you"
      aside={
        requests.data?.nextCursor != null && (
          <Link href="/requests?view=waiting-for-me" className="text-brand-ink hover:underline">
            All {requests.data.counts.waitingForMe}
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
          What you may decide, and runs that want your sign-in or your rights, show up here and in the title of this tab.
        </Empty>
      )}
      {count > 0 && (
        <Table label="What needs you" head={head} className="min-w-[40rem]">
          {runs.data?.items.map((run) => (
            <Tr key={run.id}>
              <Td className="w-full min-w-72">
                <RowLink href={`/runs/${run.id}`}>{run.sentence}</RowLink>
                <span className="block text-xs text-ink-3">
                  Run {run.number} {run.waitingFor !== null && `waits: ${run.waitingFor}`}
                </span>
              </Td>
              <Td>
                <RunStateBadge state={run.state} slow={run.slow} />
              </Td>
              <Td className="whitespace-nowrap">{run.clusterName}</Td>
              <Td className="text-ink-3">
                <Time iso={run.queuedAt} />
              </Td>
            </Tr>
          ))}
          {requests.data?.items.map((request) => (
            <Tr key={request.id}>
              <Td className="w-full min-w-72">
                <RowLink href={`/requests/${request.id}`}>{request.sentence}</RowLink>
                <span className="block text-xs text-ink-3">
                  #{request.number} {kindWord(request.kind)}, asked by {request.requesterName}
                </span>
              </Td>
              <Td>
                <RiskBadge level={request.risk} />
              </Td>
              <Td className="whitespace-nowrap">{request.clusterName}</Td>
              <Td className="text-ink-3">
                <Time iso={request.createdAt} />
              </Td>
            </Tr>
          ))}
        </Table>
      )}
    </Section>
  );
}
