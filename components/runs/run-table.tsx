import { kindWord } from "@/components/requests/words";
import { RowLink, Table, Td, Th, Tr } from "@/components/ui/table";
import { Elapsed, Time } from "@/components/ui/time";
import { isMoving } from "@/lib/runs/state";
import type { RunRow } from "./queries";
import { EffectBadge, RunStateBadge } from "./state-badge";
import { Names } from "@/components/ui/names";

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
    <Table label="Runs" head={head} busy={busy} className="md:min-w-[54rem]">
      {items.map((run) => (
        <Tr key={run.id}>
          <Td className="w-full min-w-64">
            <span className="num mr-2 text-ink-3">{run.number}</span>
            <RowLink href={`/runs/${run.id}`}>
              <Names text={run.sentence} />
            </RowLink>
            <span className="block text-xs text-ink-3">
              {kindWord(run.kind)}, request #{run.requestNumber}
              {run.attempt > 1 && `, attempt ${run.attempt}`}
            </span>
            {run.waitingFor !== null && (
              <span
                title={run.waitingFor}
                className={`line-clamp-1 text-xs break-all ${isMoving(run.state) ? "text-ink-3" : "text-warning-ink"}`}
              >
                Waits: {run.waitingFor}
              </span>
            )}
          </Td>
          <Td beside>
            <RunStateBadge state={run.state} slow={run.slow} paused={run.paused} />
          </Td>
          <Td beside>
            <EffectBadge run={run} />
          </Td>
          <Td className="whitespace-nowrap max-md:hidden">{run.clusterName}</Td>
          <Td beside label="as" className="whitespace-nowrap">
            {run.actingName}
          </Td>
          <Td beside label="Took" end>
            {run.startedAt === null ? "–" : <Elapsed from={run.startedAt} to={run.endedAt} />}
          </Td>
          <Td beside className="text-ink-3">
            <Time iso={run.queuedAt} />
          </Td>
        </Tr>
      ))}
    </Table>
  );
}
