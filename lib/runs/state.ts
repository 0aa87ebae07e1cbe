import type { z } from "zod";
import type { Effect as EffectShape, RunState as RunStateShape } from "./schema";

export type RunState = z.infer<typeof RunStateShape>;
export type Effect = z.infer<typeof EffectShape>;

/** From a state, the states that may follow. A change that is not in this table is refused by the store. */
export const runTransitions: Record<RunState, readonly RunState[]> = {
  queued: ["running", "cancelled", "failed", "sign-in-needed"],
  running: ["waiting-for-azure", "settling", "sign-in-needed", "rights-needed", "done", "failed", "cancelled"],
  "waiting-for-azure": ["running", "settling", "sign-in-needed", "rights-needed", "done", "failed", "cancelled"],
  settling: ["running", "sign-in-needed", "rights-needed", "done", "failed", "cancelled"],
  "sign-in-needed": ["queued", "cancelled", "failed"],
  "rights-needed": ["queued", "cancelled", "failed"],
  failed: ["queued", "cancelled"],
  done: [],
  cancelled: [],
};

/** States in which the engine works on a run. */
export const movingStates = ["queued", "running", "waiting-for-azure", "settling"] as const satisfies readonly RunState[];
/** States in which a run waits for a person. */
export const waitingStates = ["sign-in-needed", "rights-needed"] as const satisfies readonly RunState[];
/** States in which the acting person's tokens are still wanted. */
export const openStates = [...movingStates, ...waitingStates] as const satisfies readonly RunState[];

export const isMoving = (state: string): boolean => (movingStates as readonly string[]).includes(state);
export const isOpen = (state: string): boolean => (openStates as readonly string[]).includes(state);

/** The states from which a run may become `to`. */
export function statesBefore(to: RunState): RunState[] {
  return (Object.keys(runTransitions) as RunState[]).filter((from) => runTransitions[from].includes(to));
}

/** Whether an attempt has been moving for longer than its steps and the settling take at worst. It informs; nothing fails by it. */
export function isSlow(state: string, slowAt: Date | null, now: Date): boolean {
  return isMoving(state) && state !== "queued" && slowAt !== null && now > slowAt;
}
