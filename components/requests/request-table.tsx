import Link from "next/link";
import { Badge } from "@/components/ui/badge";
import { RiskBadge } from "@/components/ui/risk-badge";
import { RowLink, Table, Td, Th, Tr } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { Answer } from "@/lib/http/contract";
import { UserCheck } from "@/components/ui/icons";
import { RequestStateBadge } from "./state-badge";
import { kindWord } from "./words";
import { Names } from "@/components/ui/names";

type Row = Answer<"GET /api/v1/requests">["items"][number];

/** Requests as rows: each leads to its page. */
export function RequestTable({ items, busy = false }: { items: Row[]; busy?: boolean }) {
  const head = (
    <>
      <Th>Request</Th>
      <Th>State</Th>
      <Th>Risk</Th>
      <Th>Cluster</Th>
      <Th>Asked by</Th>
      <Th>Approvals</Th>
      <Th>Asked</Th>
    </>
  );
  return (
    <Table label="Requests" head={head} busy={busy} className="md:min-w-[54rem]">
      {items.map((row) => (
        <Tr key={row.id}>
          <Td className="w-full min-w-72">
            <span className="num mr-2 text-ink-3">#{row.number}</span>
            <RowLink href={`/requests/${row.id}`}>
              <Names text={row.sentence} />
            </RowLink>
            <span className="ml-2 text-xs text-ink-3">{kindWord(row.kind)}</span>
            {row.batchId !== null && (
              <Link
                href={`/requests/batch/${row.batchId}`}
                className="relative z-10 ml-2 text-xs whitespace-nowrap text-brand-ink hover:underline"
              >
                with other clusters
              </Link>
            )}
          </Td>
          <Td beside>
            <span className="flex items-start gap-1 md:flex-col">
              <RequestStateBadge state={row.state} />
              {row.waitingForMe && (
                <Badge tone="info" icon={UserCheck}>
                  For you
                </Badge>
              )}
            </span>
          </Td>
          <Td beside>
            <RiskBadge level={row.risk} />
          </Td>
          <Td className="whitespace-nowrap max-md:hidden">{row.clusterName}</Td>
          <Td beside label="by" className="whitespace-nowrap">
            {row.mine ? "you" : row.requesterName}
          </Td>
          <Td beside label="Approvals" className="num whitespace-nowrap">
            {row.approvalsNeeded === null ? "not planned yet" : `${row.approvals} of ${row.approvalsNeeded}`}
          </Td>
          <Td beside className="text-ink-3">
            <Time iso={row.createdAt} />
          </Td>
        </Tr>
      ))}
    </Table>
  );
}
