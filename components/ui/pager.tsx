import { ChevronRight, ChevronsLeft } from "@/components/ui/icons";
import { LinkButton } from "./button";

type Props = { shown: number; nextHref: string | null; firstHref: string | null; total?: number };

/** Foot of a keyset-paged list: how many are shown, the next page, and back to the first. Back in the browser is the page before. */
export function Pager({ shown, nextHref, firstHref, total }: Props) {
  if (nextHref === null && firstHref === null && total === undefined) return null;
  return (
    <nav aria-label="Pages" className="flex items-center justify-between gap-3 border-t border-line px-3 py-1.5 text-xs text-ink-3">
      <span className="num">
        {shown} shown{total !== undefined && ` of ${total}`}
      </span>
      <span className="flex gap-2">
        {firstHref !== null && (
          <LinkButton size="sm" icon={ChevronsLeft} href={firstHref}>
            First page
          </LinkButton>
        )}
        {nextHref !== null && (
          <LinkButton size="sm" icon={ChevronRight} href={nextHref}>
            Next page
          </LinkButton>
        )}
      </span>
    </nav>
  );
}
