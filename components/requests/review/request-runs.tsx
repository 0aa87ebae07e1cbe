import { EffectBadge, RunStateBadge } from "@/components/runs/state-badge";
import { Section } from "@/components/ui/section";
import { RowLink, Table, Td, Th, Tr } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { RequestDetail } from "../shapes";

/** The runs of a request. */
export function RequestRuns({ runs }: { runs: RequestDetail["runs"] }) {
  const head = (
    <>
      <Th>Run</Th>
      <Th>State</Th>
      <Th>Effect</Th>
      <Th>Begun</Th>
    </>
  );
  return (
    <Section title="Runs" flush className="lg:col-span-2">
      <Table label="Runs of this request" head={head}>
        {runs.map((run) => (
          <Tr key={run.id}>
            <Td beside>
              <RowLink href={`/runs/${run.id}`}>Run {run.number}</RowLink>
            </Td>
            <Td beside>
              <RunStateBadge state={run.state} />
            </Td>
            <Td beside>
              <EffectBadge run={run} />
            </Td>
            <Td beside className="text-ink-3">
              <Time iso={run.queuedAt} />
            </Td>
          </Tr>
        ))}
      </Table>
    </Section>
  );
}
