import clsx from "clsx";
import { Minus, PenLine, Plus } from "@/components/ui/icons";
import type { ValueChange } from "./value-diff";

const looks = {
  added: { icon: Plus, className: "bg-success-tint text-success-ink" },
  removed: { icon: Minus, className: "bg-danger-tint text-danger-ink" },
  changed: { icon: PenLine, className: "bg-warning-tint text-warning-ink" },
} as const;

function kindOf({ before, after }: ValueChange): keyof typeof looks {
  if (before === null) return "added";
  return after === null ? "removed" : "changed";
}

/** What an event changed, value by value: what was, what is. */
export function ValueTable({ changes, label }: { changes: ValueChange[]; label: string }) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- the box scrolls, so the keyboard must reach it
    <section aria-label={label} tabIndex={0} className="max-h-96 overflow-auto">
      <table className="card-rows w-full [--card-padding:0.25rem_0] border-collapse text-left text-xs">
        <caption className="sr-only">{label}</caption>
        <thead>
          <tr className="border-b border-line text-ink-3">
            {["Change", "Where", "Before", "After"].map((word) => (
              <th key={word} scope="col" className="px-1.5 py-1 font-medium">
                {word}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {changes.map((change) => {
            const kind = kindOf(change);
            const { icon: Icon, className } = looks[kind];
            return (
              <tr key={change.path} className="border-b border-line align-top last:border-0">
                <td data-beside className="w-20 py-0.5 pr-1.5 whitespace-nowrap">
                  <span className={`inline-flex w-full items-center gap-1 rounded-sm px-1.5 ${className}`}>
                    <Icon aria-hidden className="size-3" />
                    {kind}
                  </span>
                </td>
                <td data-beside className="px-1.5 py-0.5 font-mono break-all text-ink-2">
                  {change.path}
                </td>
                <td data-label="Before" className={clsx("px-1.5 py-0.5 font-mono break-all", change.before === null && "max-md:hidden")}>
                  {change.before}
                </td>
                <td data-label="After" className={clsx("px-1.5 py-0.5 font-mono break-all", change.after === null && "max-md:hidden")}>
                  {change.after}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}
