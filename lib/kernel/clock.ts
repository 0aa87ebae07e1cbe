/** The time of this process. Everything that compares times asks here, so that tests can move it. */
let offsetMs = 0;

/** Now, as a Date. */
export function now(): Date {
  return new Date(Date.now() + offsetMs);
}

/** A Date `ms` milliseconds from now (negative: ago). */
export function fromNow(ms: number): Date {
  return new Date(now().getTime() + ms);
}

/** For tests only: moves the clock of this process by `ms`. */
export function moveClock(ms: number): void {
  offsetMs = ms;
}
