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
  const { standing, difference, maker, requestId, requestNumber, remindAt, seenAt } = binding;
  const { word, tone, icon, meaning } = standings[standing];
  return (
    <div className="space-y-0.5">
      <p className="flex flex-wrap items-center gap-x-2">
        <Badge tone={tone} icon={icon} title={meaning}>
          {word}
        </Badge>
        <span>by {maker.name}</span>
        <span className="text-xs text-ink-3">
          {seenAt === null ? (
            "never seen in Azure"
          ) : (
            <>
              {standing === "missing" ? "last seen" : "seen"} <Time iso={seenAt} />
            </>
          )}
        </span>
      </p>
      {standing !== "approved-here" && <p className="text-xs text-ink-3">{maker.reason}</p>}
      {difference !== null && <p className="text-xs text-ink-2">{difference}</p>}
      {requestId !== null && (
        <p className="text-xs text-ink-3">
          approved by{" "}
          <Link href={`/requests/${requestId}`} className="relative z-10 text-brand-ink underline">
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
