import { Short } from "@/components/ui/arm-id";
import { Nothing } from "@/components/ui/facts";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { Elapsed } from "@/components/ui/time";
import { hourMinuteSecond } from "@/components/ui/time-words";
import type { RunDetail } from "./queries";

/** Every call to Azure that the run made, with the ids that Microsoft's support asks for. */
export function RunCalls({ calls }: { calls: RunDetail["calls"] }) {
  if (calls.length === 0) return <p className="p-3 text-ink-3">No call to Azure was made yet.</p>;
  const head = (
    <>
      <Th>At (UTC)</Th>
      <Th>For</Th>
      <Th>Call</Th>
      <Th>Answer</Th>
      <Th end>Took</Th>
      <Th>Azure request id</Th>
      <Th>Correlation id</Th>
    </>
  );
  return (
    <Table label="Calls to Azure" head={head} className="min-w-[60rem] text-xs">
      {calls.map((call) => (
        <Tr key={call.id}>
          <Td className="num whitespace-nowrap">{hourMinuteSecond(call.startedAt)}</Td>
          <Td className="whitespace-nowrap">
            {call.stepId}
            {call.attempt > 1 && <span className="text-ink-3">, attempt {call.attempt}</span>}
            <span className="block text-ink-3">{call.purpose}</span>
          </Td>
          <Td className="max-w-96">
            <code className="font-mono break-all">
              <strong className="font-semibold">{call.method}</strong> {call.path}
              {call.apiVersion !== null && <span className="text-ink-3"> {call.apiVersion}</span>}
            </code>
          </Td>
          <Td className="whitespace-nowrap">
            <CallStatus call={call} />
          </Td>
          <Td end>{call.endedAt === null ? "–" : <Elapsed from={call.startedAt} to={call.endedAt} />}</Td>
          <Td>{call.requestId === null ? <Nothing /> : <Short text={call.requestId} what="request id" />}</Td>
          <Td>
            <Short text={call.correlationId} what="correlation id" />
          </Td>
        </Tr>
      ))}
    </Table>
  );
}

function CallStatus({ call: { status, azureCode, endedAt } }: { call: RunDetail["calls"][number] }) {
  if (status === null) return <span className="text-ink-3">{endedAt === null ? "on its way" : "no answer"}</span>;
  const isBad = status >= 400 && status !== 404;
  return (
    <span className={isBad ? "text-danger-ink" : undefined}>
      <span className="num font-medium">{status}</span>
      {azureCode !== null && <span className="block">{azureCode}</span>}
    </span>
  );
}
