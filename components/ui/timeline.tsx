import clsx from "clsx";
import type { ReactNode } from "react";
import type { Icon } from "./icons";
import { type Tone, toneInk } from "./tone";

/** Steps or events in order, on a line. */
export function Timeline({ children, label }: { children: ReactNode; label: string }) {
  return (
    <ol aria-label={label} className="relative">
      {children}
    </ol>
  );
}

type ItemProps = { icon: Icon; tone: Tone; title: ReactNode; aside?: ReactNode; children?: ReactNode; busy?: boolean };

/** One entry of a `<Timeline>`. `busy` turns its icon: it is happening now. */
export function TimelineItem({ icon: Icon, tone, title, aside, children, busy = false }: ItemProps) {
  return (
    <li className="group relative flex gap-2.5 pb-4 last:pb-0">
      <span aria-hidden className="absolute top-5 bottom-0 left-[0.6875rem] w-px bg-line group-last:hidden" />
      <span className={clsx("relative inline-flex size-6 shrink-0 items-center justify-center rounded-full bg-surface", toneInk[tone])}>
        <Icon aria-hidden className={clsx("size-4", busy && "animate-spin")} />
      </span>
      <div className="min-w-0 flex-1">
        <div className="flex min-h-6 flex-wrap items-center justify-between gap-x-3">
          <div className="min-w-0 font-medium">{title}</div>
          {aside && <div className="text-xs text-ink-3">{aside}</div>}
        </div>
        {children && <div className="mt-0.5 text-ink-2">{children}</div>}
      </div>
    </li>
  );
}
