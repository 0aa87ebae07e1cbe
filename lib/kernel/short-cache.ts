import { log } from "./log";

type Entry<T> = { at: number; value: Promise<T>; poor: boolean; renewing: boolean };

/** What a process remembers for seconds, so that a page need not wait for a read that was just made. */
export type ShortCache<T> = {
  /** The kept value, or a new one. Callers of one key at one time share the work; failures are not kept. */
  get(key: string, load: () => Promise<T>): Promise<T>;
};

export type ShortCacheOptions<T> = {
  /** Younger than this, a value is given as it is, ms. */
  freshMs: number;
  /** Younger than this, it is given and renewed beside the caller; older, the caller waits for a new one, ms. */
  staleMs: number;
  /** Most keys that are kept. */
  max?: number;
  /** A value that is better than none but no good one, such as a list with parts missing: kept for 2 s, and never in place of a good one. */
  poor?: (value: T) => boolean;
};

const poorMs = 2_000;

/** Makes a cache. Keys must name the person: what one may see is no other's. */
export function shortCache<T>({ freshMs, staleMs, max = 2000, poor = () => false }: ShortCacheOptions<T>): ShortCache<T> {
  const entries = new Map<string, Entry<T>>();

  const keep = (key: string, entry: Entry<T>): void => {
    entries.delete(key);
    entries.set(key, entry);
    if (entries.size > max) entries.delete(entries.keys().next().value as string);
  };

  const start = (key: string, load: () => Promise<T>): Promise<T> => {
    const entry: Entry<T> = { at: Date.now(), value: load(), poor: false, renewing: false };
    keep(key, entry);
    entry.value.then(
      (value) => {
        entry.poor = poor(value);
      },
      () => {
        if (entries.get(key) === entry) entries.delete(key);
      },
    );
    return entry.value;
  };

  const renew = (key: string, entry: Entry<T>, load: () => Promise<T>): void => {
    entry.renewing = true;
    const at = Date.now();
    load().then(
      (value) => {
        entry.renewing = false;
        if (!poor(value) && entries.get(key) === entry) keep(key, { at, value: Promise.resolve(value), poor: false, renewing: false });
      },
      (error: unknown) => {
        entry.renewing = false;
        log("info", "cache-not-renewed", { error });
      },
    );
  };

  return {
    get(key, load) {
      const entry = entries.get(key);
      const age = entry === undefined ? Number.POSITIVE_INFINITY : Date.now() - entry.at;
      if (entry === undefined || age >= (entry.poor ? poorMs : staleMs)) return start(key, load);
      if (age >= freshMs && !entry.renewing) renew(key, entry, load);
      return entry.value;
    },
  };
}
