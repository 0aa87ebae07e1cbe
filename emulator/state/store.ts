import { closeSync, existsSync, openSync, readdirSync, readFileSync, rmSync, writeSync } from "node:fs";
import path from "node:path";
import { ChildIndex } from "./child-index";
import { readPrivate, writePrivate } from "./private-file";
import type { Tables } from "./shapes";

type Line = { t: string; k: string; v?: unknown };
type Snapshot = { generation: number; tables: Record<string, Record<string, unknown>> };

const flushAfterMs = 50;
const compactAboveBytes = 8_000_000;

/** One kind of row, by key. A row is replaced, never changed in place. */
export type Table<T> = {
  get(key: string): T | undefined;
  has(key: string): boolean;
  set(key: string, row: T): void;
  delete(key: string): boolean;
  keys(): IterableIterator<string>;
  values(): IterableIterator<T>;
  entries(): IterableIterator<[string, T]>;
  /** Keys directly below the id `parent`; bindings only. */
  below(parent: string): string[];
  readonly size: number;
};

/**
 * All state in memory, kept on disk as a snapshot (`state.json`, replaced as a whole) and a journal of the changes since then.
 * Changes reach the journal together every 50 ms, or at once with `flush()`; a torn last line after a kill is left out.
 */
export class Store {
  readonly #folder: string;
  readonly #rows = new Map<string, Map<string, unknown>>();
  readonly #bindings = new ChildIndex();
  #generation = 0;
  #journal: number;
  #journalBytes = 0;
  #pending: string[] = [];
  #rebuilding = false;
  #timer: NodeJS.Timeout | null = null;

  /** Reads what the folder holds. Throws when a snapshot or a journal line before the last is broken. */
  constructor(folder: string) {
    this.#folder = folder;
    const snapshot = readPrivate(folder, "state.json") as Snapshot | null;
    if (snapshot !== null) {
      this.#generation = snapshot.generation;
      for (const [name, rows] of Object.entries(snapshot.tables)) this.#rows.set(name, new Map(Object.entries(rows)));
      this.#replay();
      for (const key of this.#map("bindings").keys()) this.#bindings.add(key);
    }
    this.#journal = this.#openJournal();
  }

  /** The table of that name. */
  table<K extends keyof Tables>(name: K): Table<Tables[K]> {
    const rows = this.#map(name) as Map<string, Tables[K]>;
    return {
      get: (key) => rows.get(key),
      has: (key) => rows.has(key),
      set: (key, row) => {
        rows.set(key, row);
        if (name === "bindings") this.#bindings.add(key);
        this.#note({ t: name, k: key, v: row });
      },
      delete: (key) => {
        const had = rows.delete(key);
        if (had && name === "bindings") this.#bindings.remove(key);
        if (had) this.#note({ t: name, k: key });
        return had;
      },
      keys: () => rows.keys(),
      values: () => rows.values(),
      below: (parent) => (name === "bindings" ? this.#bindings.of(parent) : []),
      entries: () => rows.entries(),
      get size() {
        return rows.size;
      },
    };
  }

  /** Everything so far is handed to the operating system when this returns. */
  flush(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    if (this.#pending.length === 0) return;
    const text = this.#pending.join("");
    this.#pending = [];
    writeSync(this.#journal, text);
    this.#journalBytes += text.length;
    if (this.#journalBytes > compactAboveBytes) this.compact();
  }

  /** Writes a fresh snapshot and begins an empty journal. */
  compact(): void {
    this.#flushPending();
    const tables = Object.fromEntries([...this.#rows].map(([name, rows]) => [name, Object.fromEntries(rows)]));
    const snapshot: Snapshot = { generation: this.#generation + 1, tables };
    writePrivate(path.join(this.#folder, "state.json"), JSON.stringify(snapshot));
    closeSync(this.#journal);
    this.#generation = snapshot.generation;
    this.#journal = this.#openJournal();
    this.#journalBytes = 0;
  }

  /** Empties the tables named, lets `fill` write rows, and keeps the whole as a fresh snapshot: after a crash it is all there or not begun. */
  rebuild(names: readonly (keyof Tables)[], fill: () => void): void {
    this.#rebuilding = true;
    try {
      for (const name of names) this.#map(name).clear();
      if (names.includes("bindings")) this.#bindings.clear();
      fill();
    } finally {
      this.#rebuilding = false;
    }
    this.compact();
  }

  /** Writes what is pending and closes the journal. The store is of no use after that. */
  close(): void {
    this.flush();
    closeSync(this.#journal);
  }

  #flushPending(): void {
    if (this.#pending.length > 0) writeSync(this.#journal, this.#pending.join(""));
    this.#pending = [];
  }

  #note(line: Line): void {
    if (this.#rebuilding) return;
    this.#pending.push(`${JSON.stringify(line)}\n`);
    this.#timer ??= setTimeout(() => this.flush(), flushAfterMs).unref();
  }

  #map(name: string): Map<string, unknown> {
    const known = this.#rows.get(name);
    if (known !== undefined) return known;
    const made = new Map<string, unknown>();
    this.#rows.set(name, made);
    return made;
  }

  #journalFile(): string {
    return path.join(this.#folder, `journal-${this.#generation}.jsonl`);
  }

  #openJournal(): number {
    const current = path.basename(this.#journalFile());
    for (const name of readdirSync(this.#folder)) {
      if (/^journal-\d+\.jsonl$/.test(name) && name !== current) rmSync(path.join(this.#folder, name));
    }
    return openSync(this.#journalFile(), "a", 0o600);
  }

  #replay(): void {
    if (!existsSync(this.#journalFile())) return;
    const text = readFileSync(this.#journalFile(), "utf8");
    const whole = text.slice(0, text.lastIndexOf("\n") + 1);
    if (whole.length < text.length) writePrivate(this.#journalFile(), whole);
    for (const row of whole.split("\n")) {
      if (row === "") continue;
      const line = JSON.parse(row) as Line;
      if (line.v === undefined) this.#map(line.t).delete(line.k);
      else this.#map(line.t).set(line.k, line.v);
    }
  }
}
