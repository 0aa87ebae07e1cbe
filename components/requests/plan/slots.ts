import type { BindingPlanView } from "../shapes";

/** Slots in use after the plan; null when not readable. */
export function slotsAfter({ before, after, target: { slotsUsed } }: BindingPlanView): number | null {
  if (slotsUsed === null) return null;
  return slotsUsed + taken({ before, after });
}

/** So many slots more the plan takes; of a revocation -1. */
function taken({ before, after }: Pick<BindingPlanView, "before" | "after">): number {
  return (after === null ? 0 : 1) - (before === null ? 0 : 1);
}

/** A sentence where the slots in use are no longer those of the plan; null where they are, or where nobody could read them now. */
export function slotsChanged(
  { before, after, target }: Pick<BindingPlanView, "before" | "after" | "target">,
  used: number | null,
): { words: string; stops: boolean } | null {
  if (used === null || used === target.slotsUsed) return null;
  if (taken({ before, after }) > 0 && used >= target.slotLimit)
    return { words: `Now all ${target.slotLimit} slots are in use: an approval is refused until one is free.`, stops: true };
  return { words: `Now ${used} of ${target.slotLimit} slots are in use.`, stops: false };
}

/** A sentence where more open requests want a slot than are free; `others`: grants on this cluster that wait beside this one. */
export function slotsWanted(
  { before, after, target }: Pick<BindingPlanView, "before" | "after" | "target">,
  used: number | null,
  others: number,
): string | null {
  const now = used ?? target.slotsUsed;
  if (now === null || others === 0 || taken({ before, after }) <= 0 || now + 1 + others <= target.slotLimit) return null;
  const free = Math.max(0, target.slotLimit - now);
  return `${others === 1 ? "Another open request asks" : `${others} other open requests ask`} for a slot here too, and ${free === 1 ? "one is" : `${free} are`} free.`;
}
