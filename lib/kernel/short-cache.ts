import { log } from "./log";

type Entry<T> = { at: number; value: Promise<T>; renewing: boolean };

/** What a process remembers for seconds, so that a page need not wait for a read that was just made. */
export type ShortCache<T> = {
  /** The kept value, or a new one. Callers of one key at one time share the work; failures are not kept. */
  get(key: string, load: () => Promise<T>): Promise<T>;
  /** Forgets one key. */
  forget(key: string): void;
};

/**
 * Makes a cache of at most `max` keys. Younger than `freshMs`, a value is given as it is; younger than `staleMs`, it is given and renewed
 * beside the caller; older, the caller waits for a new one. Keys must name the person: what one may see is no other's.
 */
export function shortCache<T>({ freshMs, staleMs, max = 2000 }: { freshMs: number; staleMs: number; max?: number }): ShortCache<T> {
  const entries = new Map<string, Entry<T>>();

  const start = (key: string, load: () => Promise<T>): Promise<T> => {
    const entry: Entry<T> = { at: Date.now(), value: load(), renewing: false };
    entries.delete(key);
    entries.set(key, entry);
    if (entries.size > max) entries.delete(entries.keys().next().value as string);
    entry.value.catch(() => {
      if (entries.get(key) === entry) entries.delete(key);
    });
    return entry.value;
  };

  const renew = (key: string, entry: Entry<T>, load: () => Promise<T>): void => {
    entry.renewing = true;
    const at = Date.now();
    load().then(
      (value) => entries.set(key, { at, value: Promise.resolve(value), renewing: false }),
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
      if (entry === undefined || age >= staleMs) return start(key, load);
      if (age >= freshMs && !entry.renewing) renew(key, entry, load);
      return entry.value;
    },
    forget(key) {
      entries.delete(key);
    },
  };
}
