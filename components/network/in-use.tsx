"use client";
import { Badge } from "@/components/ui/badge";
import { Hourglass } from "@/components/ui/icons";
import { useNow } from "@/components/ui/now";
import { At } from "@/components/ui/time";
import { span } from "@/components/ui/time-words";

/**
 * Whether Azure may call from a range already, or how long it will not: `notBefore` (ISO 8601); null: it was always there. Before hydration the
 * date alone, since it is not known whether it is past.
 */
export function InUse({ notBefore }: { notBefore: string | null }) {
  const now = useNow(10);
  const left = notBefore === null || now === null ? null : Date.parse(notBefore) - now;
  if (notBefore === null || (left !== null && left <= 0)) return <span className="text-ink-3">at any time</span>;
  return (
    <span className="flex flex-wrap items-center gap-x-2 gap-y-0.5">
      {left !== null && (
        <Badge tone="info" icon={Hourglass}>
          Not for {span(left / 1000)}
        </Badge>
      )}
      <span className="text-xs text-ink-3">
        not before <At iso={notBefore} />
      </span>
    </span>
  );
}
