import type { PipelinePolicy, PipelineRequest, PipelineResponse } from "@azure/core-rest-pipeline";
import { BinderyError } from "@/lib/kernel/errors";
import { type Call, isRepeatable } from "./call";

/**
 * Azure's limits per principal and subscription as token buckets (learn.microsoft.com, request-limits-and-throttling): reads 250 + 25/s,
 * writes 200 + 10/s, deletes 200 + 10/s; Resource Graph 15 in 5 s per principal.
 */
const limits = {
  read: { capacity: 250, perSecond: 25 },
  write: { capacity: 200, perSecond: 10 },
  delete: { capacity: 200, perSecond: 10 },
  graph: { capacity: 15, perSecond: 3 },
} as const;
type Kind = keyof typeof limits;
type Bucket = { tokens: number; at: number };

const buckets = new Map<string, Bucket>();
/** Until when (epoch ms) a provider told a principal to wait. */
const blocks = new Map<string, number>();
const keptAtMost = 10_000;

/** For tests: forgets what was spent. */
export function resetBudget(): void {
  buckets.clear();
  blocks.clear();
}

type Account = { kind: Kind; bucket: string; block: string };

function accountOf(call: Call, request: PipelineRequest): Account {
  const path = new URL(request.url).pathname.toLowerCase();
  const kind: Kind = path.startsWith("/providers/microsoft.resourcegraph/")
    ? "graph"
    : request.method === "GET" || request.method === "HEAD"
      ? "read"
      : request.method === "DELETE"
        ? "delete"
        : "write";
  const bucket = [call.caller.tid, call.caller.oid, /^\/subscriptions\/([^/]+)/.exec(path)?.[1] ?? "tenant", kind].join("|");
  return { kind, bucket, block: `${bucket}|${path.split("/providers/").at(-1)?.split("/")[0] ?? ""}` };
}

/**
 * The layer that spends the budget. A read waits for its turn and is repeated after a 429 (and once after a 5xx or a broken
 * connection) as long as the call's deadline allows. A write or a read command is sent once and never repeated: whether a write without
 * an answer happened is for the run to read back. Throws `throttled` with `retryAfterSeconds` when the wait would pass the deadline.
 */
export function budgeted(call: Call): PipelinePolicy {
  return {
    name: "budget",
    async sendRequest(request, next) {
      const account = accountOf(call, request);
      const attempts = isRepeatable(request) ? 4 : 1;
      let mayRepeatFailure = attempts > 1;
      for (let attempt = 1; ; attempt++) {
        await takeTurn(account, call, attempts > 1);
        let response: PipelineResponse;
        try {
          response = await next(request);
        } catch (error) {
          if (!mayRepeatFailure || call.signal.aborted) throw error;
          mayRepeatFailure = false;
          await pause(150 + Math.random() * 150, call);
          continue;
        }
        const waitMs = learn(account, response);
        if (response.status === 429 && attempt < attempts) continue;
        if (response.status < 500 || !mayRepeatFailure || waitMs > remainingMs(call)) return response;
        mayRepeatFailure = false;
        await pause(Math.max(waitMs, 150 + Math.random() * 150), call);
      }
    },
  };
}

async function takeTurn(account: Account, call: Call, mayWait: boolean): Promise<void> {
  for (;;) {
    const now = Date.now();
    const bucket = refilled(account, now);
    const blockedMs = (blocks.get(account.block) ?? 0) - now;
    const waitMs = Math.max(blockedMs, bucket.tokens >= 1 ? 0 : ((1 - bucket.tokens) / limits[account.kind].perSecond) * 1000);
    if (waitMs <= 0) {
      bucket.tokens -= 1;
      return;
    }
    if (waitMs > remainingMs(call) || (blockedMs > 0 && !mayWait)) throw throttled(waitMs, call);
    await pause(waitMs, call);
  }
}

function refilled(account: Account, now: number): Bucket {
  const { capacity, perSecond } = limits[account.kind];
  const bucket = buckets.get(account.bucket) ?? { tokens: capacity, at: now };
  bucket.tokens = Math.min(capacity, bucket.tokens + ((now - bucket.at) / 1000) * perSecond);
  bucket.at = now;
  if (!buckets.has(account.bucket)) {
    if (buckets.size >= keptAtMost) buckets.delete(buckets.keys().next().value as string);
    buckets.set(account.bucket, bucket);
  }
  return bucket;
}

/** Takes Azure's own count over and gives how long Azure asks to wait, ms. */
function learn(account: Account, response: PipelineResponse): number {
  const { headers } = response;
  const left =
    headers.get("x-ms-user-quota-remaining") ??
    headers.get(`x-ms-ratelimit-remaining-subscription-${account.kind}s`) ??
    headers.get(`x-ms-ratelimit-remaining-tenant-${account.kind}s`);
  const bucket = buckets.get(account.bucket);
  // Azure counted when it answered: what flows back meanwhile flows from now on.
  if (left !== undefined && bucket !== undefined && /^\d+$/.test(left) && Number(left) < bucket.tokens) {
    bucket.tokens = Number(left);
    bucket.at = Date.now();
  }
  const waitMs = retryAfterMs(headers.get("retry-after")) ?? spanMs(headers.get("x-ms-user-quota-resets-after"));
  if (response.status !== 429) return response.status >= 500 ? (waitMs ?? 0) : 0;
  if (blocks.size >= keptAtMost) blocks.delete(blocks.keys().next().value as string);
  blocks.set(account.block, Date.now() + (waitMs ?? 5000));
  return waitMs ?? 5000;
}

/** `Retry-After` in ms, given as seconds or as an HTTP date; null when absent or unreadable. */
export function retryAfterMs(text: string | undefined, now = Date.now()): number | null {
  if (text === undefined) return null;
  if (/^\d+(\.\d+)?$/.test(text.trim())) return Number(text) * 1000;
  const at = Date.parse(text);
  return Number.isNaN(at) ? null : Math.max(0, at - now);
}

/** `hh:mm:ss` in ms. */
function spanMs(text: string | undefined): number | null {
  const parts = /^(\d+):(\d\d):(\d\d)/.exec(text ?? "");
  return parts === null ? null : (Number(parts[1]) * 3600 + Number(parts[2]) * 60 + Number(parts[3])) * 1000;
}

const remainingMs = (call: Call): number => call.deadlineAt - Date.now();

/** The house's word for 429. */
export function throttled(waitMs: number, call: Call): BinderyError {
  const retryAfterSeconds = Math.max(1, Math.ceil(waitMs / 1000));
  return new BinderyError(
    "throttled",
    `Azure asks to wait ${retryAfterSeconds} s: this person's budget of calls to the subscription is spent.`,
    {
      retryAfterSeconds,
      azureCode: "TooManyRequests",
      azureCorrelationId: call.caller.correlationId,
      remedy: "Wait that long, then try again. Other programs that use the same account spend the same budget.",
    },
  );
}

function pause(ms: number, call: Call): Promise<void> {
  return new Promise((resolve, reject) => {
    if (call.signal.aborted) return reject(stopped());
    const stop = (): void => {
      clearTimeout(timer);
      reject(stopped());
    };
    const timer = setTimeout(() => {
      call.signal.removeEventListener("abort", stop);
      resolve();
    }, ms);
    call.signal.addEventListener("abort", stop, { once: true });
  });
}

const stopped = (): DOMException => new DOMException("The call ended while it waited for its turn.", "AbortError");
