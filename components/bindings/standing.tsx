import { BellRing, Unlink } from "lucide-react";
import Link from "next/link";
import { Badge } from "@/components/ui/badge";
import { Time } from "@/components/ui/time";
import { type Binding, standings } from "./words";

/** How a binding stands: its badge, what differs in words, the request that approved it, and when somebody is reminded of it. */
export function StandingCell({ binding: { standing, difference, requestId, requestNumber, remindAt } }: { binding: Binding }) {
  const { word, tone, icon, meaning } = standings[standing];
  return (
    <div className="space-y-0.5">
      <Badge tone={tone} icon={icon} title={meaning}>
        {word}
      </Badge>
      {difference !== null && <p className="text-xs text-ink-2">{difference}</p>}
      {requestId !== null && (
        <p className="text-xs text-ink-3">
          by{" "}
          <Link href={`/requests/${requestId}`} className="relative z-10 text-brand-ink hover:underline">
            request #{requestNumber}
          </Link>
        </p>
      )}
      {remindAt !== null && (
        <p className="flex items-center gap-1 text-xs text-ink-3">
          <BellRing aria-hidden className="size-3 shrink-0" />
          <span>
            reminder <Time iso={remindAt} />
          </span>
        </p>
      )}
    </div>
  );
}

/** Whether the source of a binding still exists: said when it is gone, and when nobody could look. */
export function OrphanMark({ orphan }: { orphan: boolean | null }) {
  if (orphan === false) return null;
  if (orphan === null) return <p className="text-xs text-ink-3">whether it exists is not readable by you</p>;
  return (
    <Badge tone="warning" icon={Unlink} title="The binding is left behind and takes up a slot: revoke it.">
      Source is gone
    </Badge>
  );
}
