"use client";
import { useQuery } from "@tanstack/react-query";
import { Play } from "@/components/ui/icons";
import Link from "next/link";
import { runsQuery } from "@/components/runs/queries";
import { EffectBadge, RunStateBadge } from "@/components/runs/state-badge";
import { Empty } from "@/components/ui/empty";
import { NoAnswer } from "@/components/ui/no-answer";
import { Section } from "@/components/ui/section";
import { RowLink, Table, Td, Th, Tr } from "@/components/ui/table";
import { Elapsed } from "@/components/ui/time";
import { movingRuns } from "./queries";
import { Names } from "@/components/ui/names";

/** Runs that work on Azure at this moment. */
export function Moving() {
  const query = useQuery(runsQuery(movingRuns));
  const { data } = query;
  const head = (
    <>
      <Th>Run</Th>
      <Th>State</Th>
      <Th>Effect</Th>
      <Th end>For</Th>
    </>
  );
  return (
    <Section
      title="Runs moving"
      aside={
        <Link href="/runs" className="text-brand-ink hover:underline">
          All runs
        </Link>
      }
      flush
    >
      <NoAnswer query={query} rows={3} />
      {data?.items.length === 0 && (
        <Empty icon={Play} title="Nothing moves">
          A run begins when a request is approved. It goes on whether you look or not.
        </Empty>
      )}
      {data !== undefined && data.items.length > 0 && (
        <Table label="Runs moving" head={head} className="md:min-w-[36rem]">
          {data.items.map((run) => (
            <Tr key={run.id}>
              <Td className="w-full min-w-64">
                <RowLink href={`/runs/${run.id}`}>
                  <Names text={run.sentence} />
                </RowLink>
                <span className="block text-xs text-ink-3">
                  Run {run.number}, acts as {run.actingName}
                </span>
              </Td>
              <Td beside>
                <RunStateBadge state={run.state} slow={run.slow} paused={run.paused} />
              </Td>
              <Td beside>
                <EffectBadge run={run} />
              </Td>
              <Td beside label="For" end>
                {run.startedAt === null ? "–" : <Elapsed from={run.startedAt} to={run.endedAt} />}
              </Td>
            </Tr>
          ))}
        </Table>
      )}
    </Section>
  );
}
