"use client";
import { Badge } from "@/components/ui/badge";
import { Hourglass } from "@/components/ui/icons";
import { useNow } from "@/components/ui/now";
import { At } from "@/components/ui/time";
import { span } from "@/components/ui/time-words";

/** Whether Azure may call from a range already, or how long it will not: `notBefore` (ISO 8601); null: it was always there. */
export function InUse({ notBefore }: { notBefore: string | null }) {
  const now = useNow(10);
  const left = notBefore === null ? 0 : Date.parse(notBefore) - (now ?? 0);
  if (notBefore === null || left <= 0) return <span className="text-ink-3">at any time</span>;
  return (
    <span className="flex flex-wrap items-center gap-x-2 gap-y-0.5">
      <Badge tone="info" icon={Hourglass}>
        {now === null ? "Not yet" : `Not for ${span(left / 1000)}`}
      </Badge>
      <span className="text-xs text-ink-3">
        not before <At iso={notBefore} />
      </span>
    </span>
  );
}
