/** A look at an operation as the local Azure logged it: `at` is when it was answered, ISO 8601. */
export type Polled = { at: string; path: string; ms: number; retryAfterSeconds: number | null };

/** The log's times are whole milliseconds. */
const roundingMs = 2;

/** How many looks came sooner after the one before at the same operation than its `Retry-After` allows; where it named none, than the shortest wait. */
export function lookedTooSoon(polls: Polled[], floorMs: number): number {
  const before = new Map<string, Polled>();
  let tooSoon = 0;
  for (const look of polls) {
    const last = before.get(look.path);
    before.set(look.path, look);
    if (last === undefined) continue;
    const waited = Date.parse(look.at) - look.ms - Date.parse(last.at);
    if (waited + roundingMs < (last.retryAfterSeconds === null ? floorMs : last.retryAfterSeconds * 1000)) tooSoon++;
  }
  return tooSoon;
}
