import Link from "next/link";
import { RequestStateBadge } from "@/components/requests/state-badge";
import { kindWord } from "@/components/requests/words";
import { EffectBadge, RunStateBadge } from "@/components/runs/state-badge";
import { Time } from "@/components/ui/time";
import type { ClusterDetail } from "./words";
import { Names } from "@/components/ui/names";

const line = "flex flex-wrap items-center gap-x-2 gap-y-1 border-b border-line px-3 py-1.5 last:border-0";

/** Requests about a cluster or a workspace, newest first; `none` is said where there are none. */
export function AboutRequests({ requests, none }: { requests: ClusterDetail["requests"]; none: string }) {
  if (requests.length === 0) return <p className="p-3 text-ink-3">{none}</p>;
  return (
    <ul>
      {requests.map((request) => (
        <li key={request.id} className={line}>
          <Link href={`/requests/${request.id}`} className="min-w-0 flex-1 basis-64 text-brand-ink hover:underline">
            #{request.number} <Names text={request.sentence} />
          </Link>
          <RequestStateBadge state={request.state} />
          <span className="text-xs text-ink-3">
            <Time iso={request.createdAt} />
          </span>
        </li>
      ))}
    </ul>
  );
}

/** Runs on a cluster or about a workspace, newest first; `none` is said where there are none. */
export function AboutRuns({ runs, none }: { runs: ClusterDetail["runs"]; none: string }) {
  if (runs.length === 0) return <p className="p-3 text-ink-3">{none}</p>;
  return (
    <ul>
      {runs.map((run) => (
        <li key={run.id} className={line}>
          <Link href={`/runs/${run.id}`} className="min-w-0 flex-1 basis-32 text-brand-ink hover:underline">
            Run {run.number}, {kindWord(run.kind).toLowerCase()}
          </Link>
          <RunStateBadge state={run.state} />
          <EffectBadge run={run} />
          <span className="text-xs text-ink-3">
            <Time iso={run.queuedAt} />
          </span>
        </li>
      ))}
    </ul>
  );
}
