import { log } from "@/lib/kernel/log";
import { dropOldFlows } from "./flow-store";
import { endOverdue } from "./session-store";
import { dropUnusedTokens } from "./tokens";

const everyMs = 5 * 60_000;

/** Ends overdue sessions and deletes what nobody needs any more: unfinished sign-ins and the tokens of people who are gone. */
export async function sweepSignIns(): Promise<void> {
  await dropOldFlows();
  await endOverdue();
  const dropped = await dropUnusedTokens();
  if (dropped > 0) log("info", "tokens-deleted", { accounts: dropped });
}

/** Sweeps every five minutes until the process ends. Any number of processes may do so. */
export function keepSweeping(): void {
  setInterval(() => void sweepSignIns().catch((error: unknown) => log("error", "sweep-failed", { error })), everyMs).unref();
}
