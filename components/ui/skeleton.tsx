import clsx from "clsx";

/** A grey line where text will stand. */
export function Skeleton({ className }: { className?: string }) {
  return <span aria-hidden className={clsx("block h-4 animate-pulse rounded-sm bg-hover", className)} />;
}

/** Lines of a table or card that is being read; says so to screen readers. */
export function SkeletonRows({ rows = 6, label = "Reading…" }: { rows?: number; label?: string }) {
  return (
    <output className="block space-y-3 p-3">
      <span className="sr-only">{label}</span>
      {Array.from({ length: rows }, (_, row) => (
        <Skeleton key={row} className={["w-11/12", "w-3/4", "w-5/6"][row % 3]} />
      ))}
    </output>
  );
}
