/**
 * The time of the local Azure: real time plus what was advanced by hand. Durations of the real Azure are divided by `speed`;
 * the time of day is not, so that a token or a timestamp reads right to every client.
 */
export class Clock {
  #offsetMs: number;
  #speed: number;

  constructor(speed = 1, offsetMs = 0) {
    this.#speed = positive(speed);
    this.#offsetMs = offsetMs;
  }

  /** Now, ms since 1970, advances included. */
  now(): number {
    return Date.now() + this.#offsetMs;
  }

  /** Now as ISO 8601 with ms. */
  iso(): string {
    return new Date(this.now()).toISOString();
  }

  /** What a duration of the real Azure (ms) takes here, ms. */
  scaled(azureMs: number): number {
    return azureMs / this.#speed;
  }

  /** How much faster than Azure this is. */
  get speed(): number {
    return this.#speed;
  }

  /** Milliseconds that were added by hand. */
  get offsetMs(): number {
    return this.#offsetMs;
  }

  /** Sets the speed for durations that begin from now on. Throws RangeError unless it is a positive number. */
  setSpeed(speed: number): void {
    this.#speed = positive(speed);
  }

  /** Moves the clock forward. Throws RangeError for a negative or endless step. */
  advance(ms: number): void {
    if (!Number.isFinite(ms) || ms < 0) throw new RangeError("The clock can only be moved forward by a finite number of milliseconds.");
    this.#offsetMs += ms;
  }
}

function positive(speed: number): number {
  if (!Number.isFinite(speed) || speed <= 0) throw new RangeError("The speed is a positive number.");
  return speed;
}
