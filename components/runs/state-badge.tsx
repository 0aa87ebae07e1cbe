import { Snail } from "@/components/ui/icons";
import { Badge } from "@/components/ui/badge";
import { Nothing } from "@/components/ui/facts";
import type { Effect, RunState } from "@/lib/runs/state";
import { effectLooks, runStateLooks } from "./words";

/** The state of a run; `slow` is a flag beside it. A text that is no known state is shown as it is. */
export function RunStateBadge({ state, slow = false }: { state: string; slow?: boolean }) {
  const look = runStateLooks[state as RunState];
  if (look === undefined) return <Badge tone="neutral">{state}</Badge>;
  return (
    <span className="inline-flex flex-wrap gap-1">
      <Badge tone={look.tone} icon={look.icon} title={look.meaning}>
        {look.word}
      </Badge>
      {slow && (
        <Badge tone="warning" icon={Snail} title="It takes longer than such a run ever did.">
          Slow
        </Badge>
      )}
    </span>
  );
}

/** How far a change has taken effect; null: not at all yet. */
export function EffectBadge({ effect }: { effect: string | null }) {
  if (effect === null) return <Nothing>none yet</Nothing>;
  const look = effectLooks[effect as Effect];
  if (look === undefined) return <Badge tone="neutral">{effect}</Badge>;
  return (
    <Badge tone={look.tone} icon={look.icon} title={look.meaning}>
      {look.word}
    </Badge>
  );
}
