import { Lock } from "@/components/ui/icons";
import { ArmId } from "@/components/ui/arm-id";
import { Badge } from "@/components/ui/badge";
import type { ClusterDetail } from "./words";

type LockList = Extract<ClusterDetail["locks"], { state: "ok" }>["value"];

const meanings = {
  CanNotDelete: "A binding on this cluster can be made but not revoked while this lock stands.",
  ReadOnly: "No binding on this cluster can be made, changed or revoked while this lock stands.",
} as const;

/** Azure locks on the cluster or above it, with what each stops. */
export function Locks({ locks }: { locks: LockList }) {
  if (locks.length === 0) return <p className="text-ink-3">No lock stands on this cluster or above it.</p>;
  return (
    <ul className="space-y-2.5">
      {locks.map((lock) => (
        <li key={lock.id}>
          <p className="flex flex-wrap items-center gap-2">
            <Badge tone="warning" icon={Lock}>
              {lock.level === "ReadOnly" ? "Read only" : "Cannot delete"}
            </Badge>
            <span className="font-medium">{lock.name}</span>
            <span className="flex items-center gap-1 text-xs text-ink-3">
              on <ArmId id={lock.scope} what="scope of the lock" />
            </span>
          </p>
          <p className="mt-0.5 text-ink-2">{meanings[lock.level]}</p>
          {lock.notes !== null && <p className="text-xs text-ink-3">“{lock.notes}”</p>}
        </li>
      ))}
    </ul>
  );
}
