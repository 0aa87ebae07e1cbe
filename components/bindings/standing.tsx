import { BellRing, Unlink } from "@/components/ui/icons";
import Link from "next/link";
import { Badge } from "@/components/ui/badge";
import { Time } from "@/components/ui/time";
import { type Binding, standings } from "./words";

/**
 * How a binding stands: its badge, who made it and how one can tell, what differs in words, the request that approved it, when it was
 * seen and when somebody is reminded of it.
 */
export function StandingCell({ binding }: { binding: Binding }) {
  const { standing, difference, maker, requestId, requestNumber, remindAt } = binding;
  // Somebody else made it what it is: how one can tell who.
  const isForeign = standing === "made-outside" || standing === "different";
  const { word, tone, icon, meaning } = standings[standing];
  return (
    <div className="space-y-0.5">
      <p className="flex flex-wrap items-center gap-x-2">
        <Badge tone={tone} icon={icon} title={meaning}>
          {word}
        </Badge>
        <span>by {maker.name}</span>
      </p>
      {isForeign && (
        <p className="text-xs text-ink-3">
          {maker.reason} <Seen binding={binding} />
        </p>
      )}
      {difference !== null && <p className="text-xs text-ink-2">{difference}</p>}
      <p className="flex flex-wrap items-center gap-x-3 text-xs text-ink-3">
        {requestId !== null && (
          <span>
            Approved by{" "}
            <Link href={`/requests/${requestId}`} className="relative z-10 text-brand-ink underline">
              request #{requestNumber}
            </Link>
          </span>
        )}
        {!isForeign && <Seen binding={binding} />}
        {remindAt !== null && (
          <span className="inline-flex items-center gap-1">
            <BellRing aria-hidden className="size-3 shrink-0" />
            <span>
              Reminder <Time iso={remindAt} />
            </span>
          </span>
        )}
      </p>
    </div>
  );
}

function Seen({ binding: { seenAt, standing } }: { binding: Binding }) {
  if (seenAt === null) return <span>Never seen in Azure</span>;
  return (
    <span className="whitespace-nowrap">
      {standing === "missing" ? "Last seen" : "Seen"} <Time iso={seenAt} />
    </span>
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
