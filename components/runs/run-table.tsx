import { kindWord } from "@/components/requests/words";
import { RowLink, Table, Td, Th, Tr } from "@/components/ui/table";
import { Elapsed, Time } from "@/components/ui/time";
import type { RunRow } from "./queries";
import { EffectBadge, RunStateBadge } from "./state-badge";

/** Runs as rows: each leads to its page. */
export function RunTable({ items, busy = false }: { items: RunRow[]; busy?: boolean }) {
  const head = (
    <>
      <Th>Run</Th>
      <Th>State</Th>
      <Th>Effect</Th>
      <Th>Cluster</Th>
      <Th>Acts as</Th>
      <Th end>Took</Th>
      <Th>Queued</Th>
    </>
  );
  return (
    <Table label="Runs" head={head} busy={busy} className="min-w-[54rem]">
      {items.map((run) => (
        <Tr key={run.id}>
          <Td className="w-full min-w-64">
            <span className="num mr-2 text-ink-3">{run.number}</span>
            <RowLink href={`/runs/${run.id}`}>{run.sentence}</RowLink>
            <span className="ml-2 text-xs text-ink-3">
              {kindWord(run.kind)}, request #{run.requestNumber}
              {run.attempt > 1 && `, attempt ${run.attempt}`}
            </span>
            {run.waitingFor !== null && (
              <span title={run.waitingFor} className="line-clamp-1 text-xs break-all text-warning-ink">
                Waits: {run.waitingFor}
              </span>
            )}
          </Td>
          <Td>
            <RunStateBadge state={run.state} slow={run.slow} />
          </Td>
          <Td>
            <EffectBadge effect={run.effect} />
          </Td>
          <Td className="whitespace-nowrap">{run.clusterName}</Td>
          <Td className="whitespace-nowrap">{run.actingName}</Td>
          <Td end>{run.startedAt === null ? "–" : <Elapsed from={run.startedAt} to={run.endedAt} />}</Td>
          <Td className="text-ink-3">
            <Time iso={run.queuedAt} />
          </Td>
        </Tr>
      ))}
    </Table>
  );
}
