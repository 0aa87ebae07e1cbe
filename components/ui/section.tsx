import clsx from "clsx";
import { type ReactNode, useId } from "react";

type PageProps = { title: ReactNode; above?: ReactNode; below?: ReactNode; actions?: ReactNode };

/** Head of a page: its one h1 (which takes the focus after a navigation), a line above (where it belongs) and below (what it is), actions at the right. */
export function PageHeader({ title, above, below, actions }: PageProps) {
  return (
    <header className="mb-4 flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
      <div className="min-w-0 flex-1 basis-96">
        {above && <div className="mb-0.5 text-xs text-ink-3">{above}</div>}
        <h1 tabIndex={-1} className="text-xl font-semibold tracking-tight text-balance outline-none">
          {title}
        </h1>
        {below && <div className="mt-1 max-w-4xl text-ink-3">{below}</div>}
      </div>
      {actions && <div className="flex flex-wrap items-start gap-2">{actions}</div>}
    </header>
  );
}

type SectionProps = {
  title: ReactNode;
  aside?: ReactNode;
  children: ReactNode;
  flush?: boolean;
  className?: string;
  level?: 2 | 3;
  bare?: boolean;
};

/**
 * A card with a heading. `aside` stands at the right of the heading (age, count, action); `flush` leaves out the padding, for tables;
 * `bare` leaves the heading to screen readers, where the page's own title says the same.
 */
export function Section({ title, aside, children, flush = false, className, level = 2, bare = false }: SectionProps) {
  const id = useId();
  const Heading = level === 2 ? "h2" : "h3";
  return (
    <section aria-labelledby={id} className={clsx("min-w-0 rounded-lg border border-line bg-surface shadow-card", className)}>
      <div
        className={
          bare ? "sr-only" : "flex min-h-9 flex-wrap items-center justify-between gap-x-4 gap-y-1 border-b border-line px-3 py-1.5"
        }
      >
        <Heading id={id} className="text-sm font-semibold">
          {title}
        </Heading>
        {aside && <div className="flex flex-wrap items-center gap-2 text-xs text-ink-3">{aside}</div>}
      </div>
      <div className={flush ? undefined : "p-3"}>{children}</div>
    </section>
  );
}
