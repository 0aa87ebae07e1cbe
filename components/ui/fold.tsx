import { ChevronRight } from "@/components/ui/icons";
import type { ComponentProps, ReactNode } from "react";

/** A fold (`<details>`): the line is always there, the rest on demand. */
export function Fold({
  summary,
  children,
  open,
  className,
  onToggle,
}: {
  summary: ReactNode;
  children: ReactNode;
  open?: boolean;
  className?: string;
  onToggle?: ComponentProps<"details">["onToggle"];
}) {
  return (
    <details open={open} className={className} onToggle={onToggle}>
      {/* The arrow follows its own fold: a group would follow any open fold around it. */}
      <summary className="flex list-none items-start gap-1 rounded-md py-0.5 text-ink-2 hover:text-ink">
        <span aria-hidden className="inline-flex h-lh shrink-0 items-center">
          <ChevronRight className="size-3.5 transition-transform [[open]>summary_&]:rotate-90" />
        </span>
        <span className="min-w-0 flex-1">{summary}</span>
      </summary>
      <div className="mt-1.5 pl-4.5">{children}</div>
    </details>
  );
}
