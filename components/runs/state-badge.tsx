import { CirclePause, HelpCircle, Snail } from "@/components/ui/icons";
import { Badge } from "@/components/ui/badge";
import { Nothing } from "@/components/ui/facts";
import type { Effect, RunState } from "@/lib/runs/state";
import { effectLooks, nothingInEffect, runStateLooks, shownEffect } from "./words";

type StateProps = { state: string; slow?: boolean; paused?: boolean };

/** The state of a run; `slow` is a flag beside it. One that waits for the end of a pause says so. A text that is no known state is shown as it is. */
export function RunStateBadge({ state, slow = false, paused = false }: StateProps) {
  const look = runStateLooks[state as RunState];
  if (look === undefined) return <Badge tone="neutral">{state}</Badge>;
  return (
    <span className="inline-flex flex-wrap gap-1">
      {paused ? (
        <Badge tone="warning" icon={CirclePause} title="Writes to Azure are paused: it waits before its next one.">
          Paused
        </Badge>
      ) : (
        <Badge tone={look.tone} icon={look.icon} title={look.meaning}>
          {look.word}
        </Badge>
      )}
      {slow && (
        <Badge tone="warning" icon={Snail} title="It takes longer than such a run ever did.">
          Slow
        </Badge>
      )}
    </span>
  );
}

/** How far the change of a run has taken effect; where it has not, whether anything may have reached Azure. */
export function EffectBadge({ run }: { run: Omit<Parameters<typeof shownEffect>[0], "effect"> & { effect: string | null } }) {
  const { state, written } = run;
  const effect = shownEffect({ ...run, effect: run.effect as Effect | null });
  if (effect === null) {
    const { word, meaning, isKnown } = nothingInEffect(state, written);
    if (isKnown) return <Nothing>{word}</Nothing>;
    return (
      <Badge tone="warning" icon={HelpCircle} title={meaning}>
        {word}
      </Badge>
    );
  }
  const look = effectLooks[effect];
  if (look === undefined) return <Badge tone="neutral">{effect}</Badge>;
  return (
    <Badge tone={look.tone} icon={look.icon} title={look.meaning}>
      {look.word}
    </Badge>
  );
}
