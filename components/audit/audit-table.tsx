"use client";
import { ChevronRight } from "@/components/ui/icons";
import Link from "next/link";
import { Fragment, useState } from "react";
import { Badge } from "@/components/ui/badge";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { EventDetails } from "./event-details";
import type { AuditRow } from "./queries";
import { actionWords, outcomes, recordTime, whyLines } from "./words";
import { Names } from "@/components/ui/names";

type Props = { items: AuditRow[]; busy: boolean; hrefWith: (change: Record<string, string | undefined>) => string };

/** Events of the record as rows, newest first; each opens to what it changed. */
export function AuditTable({ items, busy, hrefWith }: Props) {
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const toggle = (sequence: string): void =>
    setOpen((now) => (now.has(sequence) ? new Set([...now].filter((each) => each !== sequence)) : new Set([...now, sequence])));
  const head = (
    <>
      <Th>Event</Th>
      <Th>Time (UTC)</Th>
      <Th>What happened</Th>
      <Th>Action</Th>
      <Th>Outcome</Th>
      <Th>Who</Th>
      <Th>Belongs to</Th>
    </>
  );
  return (
    <Table label="Audit events" head={head} busy={busy} className="md:min-w-[58rem]">
      {items.map((event) => (
        <Fragment key={event.sequence}>
          <EventRow event={event} open={open.has(event.sequence)} onToggle={() => toggle(event.sequence)} hrefWith={hrefWith} />
          {open.has(event.sequence) && (
            <tr id={`event-${event.sequence}`} className="border-b border-line bg-sunken">
              <td colSpan={7} className="px-3 py-2">
                <EventDetails event={event} hrefWith={hrefWith} />
              </td>
            </tr>
          )}
        </Fragment>
      ))}
    </Table>
  );
}

type RowProps = { event: AuditRow; open: boolean; onToggle: () => void; hrefWith: Props["hrefWith"] };

function EventRow({ event, open, onToggle, hrefWith }: RowProps) {
  const { sequence, at, action, outcome, actorName, actorOid, summary, detail } = event;
  const [why] = whyLines(detail);
  const look = outcomes[outcome];
  return (
    <Tr>
      <Td beside className="whitespace-nowrap max-md:-order-1">
        <button
          type="button"
          data-row-link
          aria-expanded={open}
          aria-controls={open ? `event-${sequence}` : undefined}
          aria-label={`Event ${sequence}: ${summary}`}
          onClick={onToggle}
          className="num inline-flex items-center gap-1 text-ink-2 after:absolute after:inset-0 after:content-['']"
        >
          <ChevronRight aria-hidden className={`size-3.5 transition-transform ${open ? "rotate-90" : ""}`} />
          {sequence}
        </button>
      </Td>
      <Td beside className="num whitespace-nowrap text-ink-2 max-md:-order-1">
        <time dateTime={at}>{recordTime(at)}</time>
      </Td>
      <Td className="w-full min-w-48 break-words">
        <Names text={summary} />
        {why !== undefined && (
          <span className="block text-xs leading-5 text-ink-3">
            {why[0]}: {why[1]}
          </span>
        )}
      </Td>
      <Td beside className="text-xs leading-5 whitespace-nowrap text-ink-3">
        {actionWords(action)}
      </Td>
      <Td beside>
        {look === undefined ? (
          outcome
        ) : (
          <Badge tone={look.tone} icon={look.icon}>
            {look.word}
          </Badge>
        )}
      </Td>
      <Td beside className="whitespace-nowrap">
        {actorOid === null ? (
          <span className="text-ink-3">Bindery</span>
        ) : (
          <Link href={hrefWith({ actor: actorOid })} title="Everything by this person" className="relative z-10 hover:underline">
            {actorName ?? actorOid}
          </Link>
        )}
      </Td>
      <Td beside className="text-xs leading-5 whitespace-nowrap max-md:-order-1">
        <Belongs event={event} />
      </Td>
    </Tr>
  );
}

function Belongs({ event: { requestId, runId } }: { event: AuditRow }) {
  const link = "relative z-10 text-brand-ink hover:underline";
  return (
    <span className="flex gap-2">
      {requestId !== null && (
        <Link href={`/requests/${requestId}`} className={link}>
          request
        </Link>
      )}
      {runId !== null && (
        <Link href={`/runs/${runId}`} className={link}>
          run
        </Link>
      )}
    </span>
  );
}
