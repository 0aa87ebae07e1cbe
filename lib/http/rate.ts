import { now } from "@/lib/kernel/clock";

type Bucket = { left: number; at: number };

/** How many buckets are kept at most; beyond it the full ones are forgotten, which loses nothing. */
const bucketLimit = 20_000;

/** A limiter of this process: `take(key, perMinute)` gives 0 when the call may go on, else the seconds until the next one may. */
export function makeLimiter(): { take(key: string, perMinute: number): number } {
  const buckets = new Map<string, Bucket>();
  return {
    take(key, perMinute) {
      const at = now().getTime();
      const refill = perMinute / 60_000;
      const bucket = buckets.get(key) ?? { left: perMinute, at };
      const left = Math.min(perMinute, bucket.left + Math.max(0, at - bucket.at) * refill);
      if (buckets.size >= bucketLimit) forgetFull(buckets, at);
      if (left < 1) {
        buckets.set(key, { left, at });
        return Math.max(1, Math.ceil((1 - left) / refill / 1000));
      }
      buckets.set(key, { left: left - 1, at });
      return 0;
    },
  };
}

/** A bucket that was not touched for a minute is full again: the same as none. */
function forgetFull(buckets: Map<string, Bucket>, at: number): void {
  for (const [key, bucket] of buckets) if (at - bucket.at >= 60_000) buckets.delete(key);
}
