import Link from "next/link";
import { ArmId, Short } from "@/components/ui/arm-id";
import { clusterPath } from "@/components/ui/arm-names";
import { Facts } from "@/components/ui/facts";
import { Fold } from "@/components/ui/fold";
import { Json } from "@/components/ui/code-block";
import type { AuditRow } from "./queries";
import { valueChanges } from "./value-diff";
import { ValueTable } from "./value-table";
import { whyLines } from "./words";

type Props = { event: AuditRow; hrefWith: (change: Record<string, string | undefined>) => string };

/** Everything that the record holds of one event: what changed, on what, by which call, and its link in the chain. */
export function EventDetails({ event, hrefWith }: Props) {
  const changes = valueChanges(event.before, event.after);
  const why = whyLines(event.detail);
  return (
    <div className="space-y-3 border-l-2 border-brand-line py-1 pl-3">
      {changes.length > 0 ? (
        <ValueTable changes={changes} label={`What event ${event.sequence} changed`} />
      ) : (
        <p className="text-xs text-ink-3">This event changed no recorded value.</p>
      )}
      {why.length > 0 && (
        <Facts
          className="text-xs"
          items={why.map(([label, text]) => [
            label,
            <span key={label} className="whitespace-pre-line">
              {text}
            </span>,
          ])}
        />
      )}
      <Facts
        columns={2}
        className="text-xs"
        items={[
          [
            "Action",
            <code key="action" className="font-mono">
              {event.action}
            </code>,
          ],
          ["Subject", event.subjectId === null ? undefined : <Subject type={event.subjectType} id={event.subjectId} />],
          ["Person", event.actorOid === null ? undefined : <Short text={event.actorOid} what="object id of the person" length={36} />],
          ["Cluster", event.clusterKey === null ? undefined : <ClusterLink id={event.clusterKey} />],
          ["Correlation", event.correlationId === null ? undefined : <Correlation event={event} hrefWith={hrefWith} />],
          ["Hash", <Short key="hash" text={event.hash} what={`hash of event ${event.sequence}`} length={24} />],
        ]}
      />
      {event.detail !== null && event.detail !== undefined && (
        <Fold summary="More that was recorded" className="text-xs">
          <Json value={event.detail} what={`details of event ${event.sequence}`} />
        </Fold>
      )}
    </div>
  );
}

function Subject({ type, id }: { type: string | null; id: string }) {
  return (
    <span className="flex flex-wrap items-center gap-x-1">
      {type} {id.startsWith("/") ? <ArmId id={id} what="id of the subject" /> : <Short text={id} what="id of the subject" length={36} />}
    </span>
  );
}

function ClusterLink({ id }: { id: string }) {
  const path = clusterPath(id);
  if (path === null) return <ArmId id={id} what="cluster id" />;
  return (
    <Link href={path} title={id} className="text-brand-ink hover:underline">
      {id.split("/").at(-1)}
    </Link>
  );
}

/** The id that joins an event to Azure's own log; leads to the run, and to everything else that carries it. */
function Correlation({ event: { correlationId, runId }, hrefWith }: { event: AuditRow; hrefWith: Props["hrefWith"] }) {
  if (correlationId === null) return null;
  return (
    <span className="flex flex-wrap items-center gap-x-2">
      <Short text={correlationId} what="correlation id" length={36} />
      {runId !== null && (
        <Link href={`/runs/${runId}`} className="text-brand-ink hover:underline">
          its run
        </Link>
      )}
      <Link href={hrefWith({ correlation: correlationId })} className="text-brand-ink hover:underline">
        all its events
      </Link>
    </span>
  );
}
