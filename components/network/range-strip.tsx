import clsx from "clsx";
import type { CoverageDetail } from "./queries";

const cells = {
  covered: "bg-success-ink",
  partial: "bg-warning-ink",
  missing: "border border-danger-ink",
  foreign: "bg-line-strong",
} as const;
type Cell = keyof typeof cells;
type Shown = { key: string; cell: Cell };

const words: Record<Cell, string> = {
  covered: "covered",
  partial: "partly covered",
  missing: "missing",
  foreign: "not of Azure ML",
};

/** A picture of the list: a cell for each IPv4 range of Azure ML, then one for each entry of others. The numbers beside it say the same. */
export function RangeStrip({ ranges, entries }: Pick<CoverageDetail, "ranges" | "entries">) {
  const required = ranges.flatMap(({ prefix, state }): Shown[] =>
    state === null || state === "not-applicable" ? [] : [{ key: prefix, cell: state }],
  );
  const others = entries.flatMap(({ raw, kind }): Shown[] => (kind === "needed" ? [] : [{ key: `entry ${raw}`, cell: "foreign" }]));
  if (entries.length === 0 || required.length + others.length === 0) return null;
  const shown = [...required, ...others];
  const counts = (Object.keys(cells) as Cell[]).flatMap((cell) => {
    const count = shown.filter((one) => one.cell === cell).length;
    return count === 0 ? [] : [{ cell, count }];
  });
  return (
    <div className="mt-3">
      <div aria-hidden className="flex flex-wrap gap-0.5">
        {shown.map(({ key, cell }) => (
          <span key={key} title={`${key}: ${words[cell]}`} className={clsx("h-4 w-2.5 rounded-xs", cells[cell])} />
        ))}
      </div>
      <p className="mt-1 flex flex-wrap gap-x-4 text-xs text-ink-3">
        {counts.map(({ cell, count }) => (
          <span key={cell} className="inline-flex items-center gap-1.5">
            <span aria-hidden className={clsx("h-3 w-2 rounded-xs", cells[cell])} />
            {count} {words[cell]}
          </span>
        ))}
      </p>
    </div>
  );
}
