import { randomUUID } from "node:crypto";
import type { Incoming } from "../server/exchange";
import type { Binding, OperationOutcome } from "../state/shapes";

/** What goes wrong with a request that a rule matches. Real ms for `delayMs`. */
export type Fault = {
  /** Answer this instead, once the caller is proven. */
  status?: number;
  body?: object | string;
  headers?: Record<string, string>;
  delayMs?: number;
  /** Keep the request waiting, before anything happens, until the fault is taken away. */
  hold?: boolean;
  /** Cut the connection before anything happens. */
  reset?: boolean;
  /** Do it, then cut the connection: the answer is lost. */
  dropAnswer?: boolean;
  /** How the operation that this request begins will end. */
  operation?: OperationOutcome;
  /** The operation that this request begins never ends. */
  hang?: boolean;
  /** What the health check of the extension that this request installs finds: a code (E4xxxx) and its words. Below E45000 it stops the installation. */
  health?: { code: string; message: string };
  /** Read what was there before the last write. */
  stale?: boolean;
  /** Send clients elsewhere. */
  nextLink?: string;
  asyncOperation?: string;
};

/** A rule: which requests, how many of them after how many are let by, and what happens. `path`: a regular expression, case ignored. */
export type FaultRule = { id: string; method: string | null; path: string; times: number; after: number; fault: Fault; hits: number };
type KeptRule = FaultRule & { test: RegExp };

/** The rules in force, in memory only: a restart has none. */
export class Faults {
  #rules: KeptRule[] = [];
  #held: { fault: Fault; release: () => void }[] = [];
  readonly #earlier = new Map<string, Binding | null>();

  /** Adds a rule and gives it with its id. Throws SyntaxError for a path that is no regular expression. */
  add(rule: Omit<FaultRule, "id" | "hits">): FaultRule {
    const added = { ...rule, id: randomUUID(), hits: 0, test: new RegExp(rule.path, "i") };
    this.#rules.push(added);
    return added;
  }

  /** All rules, spent ones included. */
  list(): FaultRule[] {
    return this.#rules.map(({ test: _test, ...rule }) => rule);
  }

  /** Takes a rule away; all of them without an id. True when there was one. */
  remove(id?: string): boolean {
    const before = this.#rules.length;
    this.#rules = id === undefined ? [] : this.#rules.filter((one) => one.id !== id);
    const released = this.#held.filter(({ fault }) => !this.#has(fault));
    this.#held = this.#held.filter(({ fault }) => this.#has(fault));
    for (const { release } of released) release();
    return this.#rules.length < before;
  }

  /** What goes wrong with this request: the first rule that matches and is not spent. Counts it. */
  take(incoming: Incoming): Fault | null {
    for (const rule of this.#rules) {
      if (rule.method !== null && rule.method !== incoming.method) continue;
      if (!rule.test.test(incoming.path)) continue;
      rule.hits += 1;
      if (rule.hits > rule.after && rule.hits <= rule.after + rule.times) return rule.fault;
    }
    return null;
  }

  /** Resolves once the fault is taken away. */
  untilRemoved(fault: Fault): Promise<void> {
    return new Promise((release) => {
      if (this.#has(fault)) this.#held.push({ fault, release });
      else release();
    });
  }

  #has(fault: Fault): boolean {
    return this.#rules.some((rule) => rule.fault === fault);
  }

  /** Keeps what a binding was before a write, for stale reads. */
  remember(key: string, before: Binding | undefined): void {
    this.#earlier.set(key, before ?? null);
  }

  /** The binding as it was before its last write, or as it is when nothing was written since the start. */
  before(key: string, now: Binding | undefined): Binding | undefined {
    const earlier = this.#earlier.get(key);
    return earlier === undefined ? now : (earlier ?? undefined);
  }
}
