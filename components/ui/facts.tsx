import clsx from "clsx";
import type { ReactNode } from "react";

/** A dense definition list. Entries with `undefined` are left out; what is not known is said by the caller, not left out. */
export function Facts({
  items,
  columns = 1,
  className,
}: {
  items: [label: string, value: ReactNode][];
  columns?: 1 | 2 | 3;
  className?: string;
}) {
  const shown = items.filter(([, value]) => value !== undefined);
  return (
    <dl className={clsx("grid gap-x-6 gap-y-1.5", { 1: "", 2: "md:grid-cols-2", 3: "md:grid-cols-2 xl:grid-cols-3" }[columns], className)}>
      {shown.map(([label, value]) => (
        <div key={label} className="grid min-w-0 items-baseline grid-cols-[minmax(6.5rem,auto)_minmax(0,1fr)] gap-3">
          <dt className="w-30 text-ink-3">{label}</dt>
          <dd className="min-w-0 break-words">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** Something that is empty on purpose, said in words. */
export function Nothing({ children = "none" }: { children?: ReactNode }) {
  return <span className="text-ink-3">{children}</span>;
}
