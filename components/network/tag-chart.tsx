import clsx from "clsx";
import { useId } from "react";
import type { TagDetail } from "./queries";
import { stepLine, topOf } from "./step-line";

type History = TagDetail["history"];
const families = [
  { key: "ipv4", word: "IPv4", ink: "text-brand-ink", dash: undefined },
  { key: "ipv6", word: "IPv6", ink: "text-ink-3", dash: "4 3" },
] as const;

/** Number of a tag's ranges over time, as lines; the table of snapshots below it says the same. Nothing where there is no history. */
export function TagChart({ history }: { history: History }) {
  const caption = useId();
  const [oldest] = history;
  const newest = history.at(-1);
  if (oldest === undefined || newest === undefined) return null;
  const top = topOf(Math.max(...history.flatMap(({ ipv4, ipv6 }) => [ipv4, ipv6])));
  return (
    <figure aria-labelledby={caption}>
      <div className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-2">
        <div aria-hidden className="num flex flex-col justify-between text-right text-2xs text-ink-3">
          {[top, top / 2, 0].map((value) => (
            <span key={value} className="leading-none">
              {value}
            </span>
          ))}
        </div>
        <svg aria-hidden viewBox="0 0 100 100" preserveAspectRatio="none" className="h-36 w-full overflow-visible">
          {[0, 50, 100].map((y) => (
            <line key={y} x1="0" x2="100" y1={y} y2={y} vectorEffect="non-scaling-stroke" className="stroke-line" />
          ))}
          {families.map(({ key, ink, dash }) => (
            <path
              key={key}
              d={stepLine(
                history.map((point) => ({ at: Date.parse(point.at), value: point[key] })),
                top,
              )}
              fill="none"
              stroke="currentColor"
              strokeWidth="2"
              strokeDasharray={dash}
              vectorEffect="non-scaling-stroke"
              className={ink}
            />
          ))}
        </svg>
        <span />
        <div aria-hidden className="num mt-1.5 flex justify-between text-2xs text-ink-3">
          <span>{oldest.at.slice(0, 10)}</span>
          {newest.at.slice(0, 10) !== oldest.at.slice(0, 10) && <span>{newest.at.slice(0, 10)}</span>}
        </div>
      </div>
      <figcaption id={caption} className="mt-2 flex flex-wrap gap-x-5 gap-y-1 text-xs">
        {families.map(({ key, word, ink, dash }) => (
          <span key={key} className="inline-flex items-center gap-1.5">
            <svg aria-hidden viewBox="0 0 20 4" className={clsx("h-1 w-5 shrink-0", ink)}>
              <line x1="0" x2="20" y1="2" y2="2" stroke="currentColor" strokeWidth="2" strokeDasharray={dash} />
            </svg>
            {word} ranges: {oldest[key] === newest[key] ? newest[key] : `from ${oldest[key]} to ${newest[key]}`}
          </span>
        ))}
      </figcaption>
    </figure>
  );
}
