import type { Actor } from "@/lib/auth/actor";

/** One open stream of live events. */
export type Stream = { actor: Actor; send: (text: string) => void; close: () => void };

/** Kept on globalThis, since Next may load this file once for the routes and once for the start of the process. */
const kept = globalThis as { binderyStreams?: Set<Stream>; binderyClosing?: boolean };

/** Every open stream of this process. */
export function streams(): Set<Stream> {
  kept.binderyStreams ??= new Set();
  return kept.binderyStreams;
}

/** Ends every stream, and any that opens later: an open stream would keep the server from stopping. */
export function closeAllStreams(): void {
  kept.binderyClosing = true;
  for (const stream of streams()) stream.close();
}

/** True once the process is stopping. */
export function isClosing(): boolean {
  return kept.binderyClosing === true;
}
