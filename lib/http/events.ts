import type { Actor } from "@/lib/auth/actor";
import { isLiving } from "@/lib/auth/session";
import { type Change, listenForChanges } from "@/lib/db/notify";
import { BinderyError, isBinderyError } from "@/lib/kernel/errors";
import { log } from "@/lib/kernel/log";
import { mayHear } from "@/lib/requests/hear";
import { isClosing, type Stream, streams } from "./streams";

/** Streams that one person may hold open in this process: one a tab is usual. */
const perPerson = 12;
/** A comment line keeps proxies from ending a quiet stream, and shows us that the session still lives. Ms. */
const heartbeatMs = 15_000;

const kept = globalThis as { binderyListening?: Promise<unknown> };

/**
 * Opens a stream of server-sent events for a person: `changed` with {type, id} for each request, run or setting that changed and that the
 * person may hear of, `resync` when some may have been missed. It ends with the request, the session or the process.
 * Throws `rate_limited` when the person holds too many, `unavailable` when the process is stopping or cannot listen.
 */
export async function openStream(actor: Actor, gone: AbortSignal): Promise<Response> {
  if (isClosing()) throw new BinderyError("unavailable", "Bindery is being restarted.", { retryAfterSeconds: 2 });
  const held = [...streams()].filter((stream) => stream.actor.oid === actor.oid && stream.actor.tid === actor.tid).length;
  if (held >= perPerson) {
    throw new BinderyError("rate_limited", `You have ${held} pages open that listen for changes; close some of them.`, {
      retryAfterSeconds: 60,
    });
  }
  await listening();
  const headers = {
    "content-type": "text/event-stream; charset=utf-8",
    "cache-control": "no-cache, no-transform",
    "x-accel-buffering": "no",
  };
  return new Response(bodyFor(actor, gone), { headers });
}

/** Ends the streams of a session that ended. Other processes notice at their next heartbeat. */
export function closeStreamsOf(sessionId: string): void {
  for (const stream of streams()) if (stream.actor.sessionId === sessionId) stream.close();
}

function bodyFor(actor: Actor, gone: AbortSignal): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    start(controller) {
      const stream: Stream = { actor, send: (text) => controller.enqueue(encoder.encode(text)), close };
      const timer = setInterval(() => void beat(stream), heartbeatMs);
      function close(): void {
        if (!streams().delete(stream)) return;
        clearInterval(timer);
        gone.removeEventListener("abort", close);
        // The browser may have gone already; then the controller is closed and says so by throwing.
        if (!gone.aborted) controller.close();
      }
      streams().add(stream);
      gone.addEventListener("abort", close);
      stream.send("retry: 3000\n\n: hello\n\n");
      if (gone.aborted) close();
    },
  });
}

async function beat(stream: Stream): Promise<void> {
  try {
    if (!(await isLiving(stream.actor.sessionId))) stream.close();
    else if (streams().has(stream)) stream.send(": still here\n\n");
  } catch (error) {
    log("warn", "stream-not-checked", { error });
    stream.close();
  }
}

/** One listener for the whole process, started by the first stream. */
async function listening(): Promise<void> {
  kept.binderyListening ??= listenForChanges((change) => void tell(change), resync);
  try {
    await kept.binderyListening;
  } catch (cause) {
    delete kept.binderyListening;
    throw new BinderyError("unavailable", "Live changes cannot be followed: the database does not answer.", {
      cause,
      retryAfterSeconds: 5,
    });
  }
}

async function tell(change: Change): Promise<void> {
  const text = `event: changed\ndata: ${JSON.stringify({ type: change.type, id: change.id })}\n\n`;
  await Promise.all([...streams()].map((stream) => tellOne(stream, change, text)));
}

async function tellOne(stream: Stream, change: Change, text: string): Promise<void> {
  try {
    if ((await mayHear(stream.actor, change)) && streams().has(stream)) stream.send(text);
  } catch (error) {
    // Not knowing whether the person may hear of it is a reason for silence; the page's own polling goes on.
    log(isBinderyError(error) ? "debug" : "warn", "change-not-told", { oid: stream.actor.oid, error });
  }
}

/** Changes may have been missed while the listener was away: every page should look for itself. */
function resync(): void {
  for (const stream of streams()) stream.send("event: resync\ndata: {}\n\n");
}
