"use client";
import clsx from "clsx";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { Count } from "@/components/ui/badge";
import type { Me } from "./me";
import { places } from "./places";

const countWords = { waitingForMe: "wait for your decision", runsNeedMe: "wait for you" } as const;

/** The links of the side navigation, with the counts that wait for this person. Audit is offered to those who may read it, a form to those who may ask. */
export function NavLinks({ me, label, onGo }: { me: Me; label: string; onGo?: () => void }) {
  const path = usePathname();
  const shown = places.filter((place) => (place.auditOnly !== true || me.can.readAudit) && (place.askOnly !== true || me.can.ask));
  return (
    <nav aria-label={label}>
      <ul className="space-y-0.5">
        {shown.map(({ href, word, icon: Icon, count, key }) => {
          const current = href === "/" ? path === "/" : path === href || path.startsWith(`${href}/`);
          return (
            <li key={href}>
              <Link
                href={href}
                onClick={onGo}
                aria-current={current ? "page" : undefined}
                aria-keyshortcuts={`g ${key}`}
                className={clsx(
                  "flex h-8 items-center gap-2.5 rounded-md px-2.5",
                  current ? "bg-brand-tint font-semibold text-brand-ink" : "text-ink-2 hover:bg-hover hover:text-ink",
                )}
              >
                <Icon aria-hidden className="size-4 shrink-0" />
                <span className="min-w-0 flex-1 truncate">{word}</span>
                {count !== undefined && me.counts !== null && <Count value={me.counts[count]} label={countWords[count]} />}
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
