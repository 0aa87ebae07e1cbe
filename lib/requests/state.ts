import type { z } from "zod";
import type { RequestState as RequestStateShape } from "./schema";

export type RequestState = z.infer<typeof RequestStateShape>;

/** From a state, the states that may follow. A change that is not in this table is refused. */
export const requestTransitions: Record<RequestState, readonly RequestState[]> = {
  waiting: ["approved", "rejected", "withdrawn", "expired"],
  // A voided plan brings an approved request back to waiting, with the next plan version.
  approved: ["waiting", "withdrawn", "expired", "done"],
  rejected: [],
  withdrawn: [],
  expired: [],
  done: [],
};

/** True when a request may go from one state to another, or stays where it is. */
export function mayBecome(from: string, to: string): boolean {
  return from === to || (requestTransitions[from as RequestState] ?? []).includes(to as RequestState);
}
