import type { Lock } from "@/lib/azure/types";

/** What to do about a lock, with its owner's note. */
export function lockRemedy({ notes }: Pick<Lock, "notes">): string {
  const note = (notes ?? "").trim().replace(/\.$/, "");
  return `Ask whoever owns the lock to lift it${note === "" ? "" : ` (its note says: ${note})`}.`;
}
