import { sha256 } from "@/lib/kernel/json";

/** The hash before the first event. */
export const genesisHash = "0".repeat(64);

/** A link of the chain: hash = SHA-256(previous hash ‖ sequence ‖ SHA-256(event text)), each part as text. */
export function linkHash(previousHash: string, sequence: bigint, eventHash: string): string {
  return sha256(`${previousHash}${sequence}${eventHash}`);
}
