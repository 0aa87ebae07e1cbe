import { Short } from "@/components/ui/arm-id";
import { Nothing } from "@/components/ui/facts";
import { Fold } from "@/components/ui/fold";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { hourMinuteSecond } from "@/components/ui/time-words";
import { type Call, type CallGroup, callGroups } from "./call-groups";
import type { RunDetail } from "./queries";
import { Names } from "@/components/ui/names";

/** Every call to Azure that the run made, with the ids that Microsoft's support asks for. Polls in a row share a line. */
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
    <Table label="Calls to Azure" head={head} className="text-xs md:min-w-[60rem]">
      {callGroups(calls).map((group) => (
        <GroupRow key={group[0].id} group={group} />
      ))}
    </Table>
  );
}

function GroupRow({ group }: { group: CallGroup }) {
  const [first] = group;
  const last = group.at(-1) ?? first;
  return (
    <Tr>
      <Td beside className="num whitespace-nowrap">
        {hourMinuteSecond(first.startedAt)}
        {group.length > 1 && <span className="text-ink-3 md:block"> to {hourMinuteSecond(last.startedAt)}</span>}
      </Td>
      <Td beside className="whitespace-nowrap">
        {first.stepId}
        {first.attempt > 1 && <span className="text-ink-3">, attempt {first.attempt}</span>}
        <span className="text-ink-3 md:block"> {group.length > 1 ? `${group.length} polls` : first.purpose}</span>
      </Td>
      <Td className="w-full min-w-80">
        <code className="font-mono break-words">
          <strong className="font-semibold">{first.method}</strong> <Names text={first.path} />
          {first.apiVersion !== null && <span className="text-ink-3"> {first.apiVersion}</span>}
        </code>
        {group.length > 1 && (
          <Fold summary="Each of them" className="mt-1">
            <ul className="max-h-48 overflow-y-auto">
              {group.map((call) => (
                <li key={call.id} className="num flex items-center gap-3">
                  {hourMinuteSecond(call.startedAt)} {call.status ?? "no answer"}
                  {call.requestId !== null && <Short text={call.requestId} what="request id" length={36} />}
                </li>
              ))}
            </ul>
          </Fold>
        )}
      </Td>
      <Td beside className="whitespace-nowrap">
        <CallStatus call={last} />
      </Td>
      <Td beside end className="whitespace-nowrap">
        {last.endedAt === null ? "–" : `${Date.parse(last.endedAt) - Date.parse(last.startedAt)} ms`}
      </Td>
      <Td label="Request">{last.requestId === null ? <Nothing /> : <Short text={last.requestId} what="request id" />}</Td>
      <Td label="Correlation">
        <Short text={last.correlationId} what="correlation id" />
      </Td>
    </Tr>
  );
}

function CallStatus({ call: { status, azureCode, endedAt } }: { call: Call }) {
  if (status === null) return <span className="text-ink-3">{endedAt === null ? "on its way" : "no answer"}</span>;
  const isBad = status >= 400 && status !== 404;
  return (
    <span className={isBad ? "text-danger-ink" : undefined}>
      <span className="num font-medium">{status}</span>
      {azureCode !== null && <span className="md:block"> {azureCode}</span>}
    </span>
  );
}
