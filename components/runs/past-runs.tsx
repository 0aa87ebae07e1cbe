import { kindWord } from "@/components/requests/words";
import { useNow } from "@/components/ui/now";
import { span } from "@/components/ui/time-words";
import type { RunDetail } from "./queries";

const width = 320;
const height = 28;
const edge = 6;

/** How long this run took, or takes so far, against earlier runs of its kind: their whole range, the middle half, the median. */
export function PastRuns({ run: { past, elapsedSeconds: read, kind, startedAt, endedAt } }: { run: RunDetail }) {
  // The same clock as "So far" below: what the server counted stands still between two reads.
  const now = useNow(1);
  const elapsedSeconds = startedAt === null || endedAt !== null || now === null ? read : Math.max(0, (now - Date.parse(startedAt)) / 1000);
  if (elapsedSeconds === null) return null;
  const own = `${endedAt === null ? "So far" : "Took"} ${span(elapsedSeconds)}.`;
  if (past === null)
    return (
      <p className="text-xs text-ink-3">
        {own} Too few runs of this kind ({kindWord(kind)}) are done to compare it with.
      </p>
    );
  const most = Math.max(past.longest, elapsedSeconds, 1);
  const at = (seconds: number): number => Math.round((edge + (seconds / most) * (width - 2 * edge)) * 10) / 10;
  const words = `${own} ${past.count} earlier runs took ${span(past.shortest)} to ${span(past.longest)}, half of them ${span(past.lower)} to ${span(past.upper)}; median ${span(past.median)}.`;
  return (
    <figure>
      <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label={words} className="w-full max-w-lg">
        <line x1={at(past.shortest)} x2={at(past.longest)} y1={14} y2={14} className="stroke-line-strong" strokeWidth={2} />
        <rect
          x={at(past.lower)}
          width={Math.max(2, at(past.upper) - at(past.lower))}
          y={7}
          height={14}
          rx={3}
          className="fill-line-strong"
        />
        <line x1={at(past.median)} x2={at(past.median)} y1={4} y2={24} className="stroke-ink" strokeWidth={2} />
        <circle cx={at(elapsedSeconds)} cy={14} r={5} className="fill-brand stroke-surface" strokeWidth={1.5} />
      </svg>
      <figcaption className="text-xs text-ink-3">{words} The dot is this run, the line the median.</figcaption>
    </figure>
  );
}
