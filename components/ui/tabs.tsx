import clsx from "clsx";
import Link from "next/link";
import type { ReactNode } from "react";

export type Tab = { href: string; label: string; count?: number; current: boolean; aside?: ReactNode };

/** Tabs that are links: the view is in the address. Also good as filter chips with counts. */
export function Tabs({ label, tabs }: { label: string; tabs: Tab[] }) {
  return (
    <nav aria-label={label} className="flex flex-wrap gap-1">
      {tabs.map(({ href, label: text, count, current, aside }) => (
        <Link
          key={href}
          href={href}
          scroll={false}
          replace
          aria-current={current ? "page" : undefined}
          className={clsx(
            "inline-flex h-7 items-center gap-1.5 rounded-md border px-2 text-xs font-medium whitespace-nowrap",
            current ? "border-brand-line bg-brand-tint text-brand-ink" : "border-line bg-surface text-ink-2 hover:bg-hover hover:text-ink",
          )}
        >
          {text}
          {aside}
          {count !== undefined && <span className="num font-normal text-ink-3">{count}</span>}
        </Link>
      ))}
    </nav>
  );
}
