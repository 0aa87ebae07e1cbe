import { ChevronRight, ChevronsLeft } from "@/components/ui/icons";
import { LinkButton } from "./button";

/** One page of a keyset-paged list; `total`: how many all pages hold, where that is known. */
export type Paged = { items: readonly unknown[]; nextCursor: string | null; total?: number };

type Props = { page: Paged; list: { filters: { cursor?: string }; hrefWith: (change: Record<string, string | undefined>) => string } };

/** Foot of a keyset-paged list: how many are shown, the next page, and back to the first. Back in the browser is the page before. */
export function Pager({ page: { items, nextCursor, total }, list: { filters, hrefWith } }: Props) {
  if (nextCursor === null && filters.cursor === undefined && total === undefined) return null;
  return (
    <nav aria-label="Pages" className="flex items-center justify-between gap-3 border-t border-line px-3 py-1.5 text-xs text-ink-3">
      <span className="num">
        {items.length} shown{total !== undefined && ` of ${total}`}
      </span>
      <span className="flex gap-2">
        {filters.cursor !== undefined && (
          <LinkButton size="sm" icon={ChevronsLeft} href={hrefWith({})}>
            First page
          </LinkButton>
        )}
        {nextCursor !== null && (
          <LinkButton size="sm" icon={ChevronRight} href={hrefWith({ cursor: nextCursor })}>
            Next page
          </LinkButton>
        )}
      </span>
    </nav>
  );
}
