import { type ReactNode, useId } from "react";

/** A control that may be disabled, with the reason beside or below it. `children` gets the id for `aria-describedby`. */
export function Reasoned({ why, children }: { why: string | null; children: (describedBy: string | undefined) => ReactNode }) {
  const id = useId();
  return (
    <span className="inline-flex flex-col items-start gap-0.5">
      {children(why === null ? undefined : id)}
      {why !== null && (
        <span id={id} className="max-w-56 text-2xs text-ink-3">
          {why}
        </span>
      )}
    </span>
  );
}
