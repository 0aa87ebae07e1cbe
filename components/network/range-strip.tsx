import clsx from "clsx";
import type { CoverageDetail } from "./queries";
import { type Cell, cellWords, rangeCells } from "./range-cells";

const looks: Record<Cell, string> = {
  covered: "bg-success-ink",
  partial: "bg-warning-ink",
  missing: "border border-danger-ink",
  stale: "border border-warning-ink",
  asked: "bg-ink-3",
  foreign: "bg-line-strong",
  "service-tag": "bg-brand-ink",
  "slb-only": "bg-line",
  unreadable: "border border-line-strong",
};

/** A picture of the list: a cell for each IPv4 range of Azure ML, then one for each entry that lets in none of them. The numbers below say the same. */
export function RangeStrip({ ranges, entries }: Pick<CoverageDetail, "ranges" | "entries">) {
  const shown = rangeCells({ ranges, entries });
  if (entries.length === 0 || shown.length === 0) return null;
  const counts = (Object.keys(looks) as Cell[]).flatMap((cell) => {
    const count = shown.filter((one) => one.cell === cell).length;
    return count === 0 ? [] : [{ cell, count }];
  });
  return (
    <div className="mt-3">
      <div aria-hidden className="flex flex-wrap gap-0.5">
        {shown.map(({ key, text, cell }) => (
          <span key={key} title={`${text}: ${cellWords[cell]}`} className={clsx("h-4 w-2.5 rounded-xs", looks[cell])} />
        ))}
      </div>
      <p className="mt-1 flex flex-wrap gap-x-4 text-xs text-ink-3">
        {counts.map(({ cell, count }) => (
          <span key={cell} className="inline-flex items-center gap-1.5">
            <span aria-hidden className={clsx("h-3 w-2 rounded-xs", looks[cell])} />
            {count} {cellWords[cell]}
          </span>
        ))}
      </p>
    </div>
  );
}
