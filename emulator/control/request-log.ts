/** One request as it was served. Never a token, never a query but the api-version. */
export type LoggedRequest = {
  at: string;
  door: "azure" | "sign-in" | "kubernetes";
  method: string;
  path: string;
  apiVersion: string | null;
  status: number | "dropped";
  oid: string | null;
  requestId: string | null;
  correlationId: string | null;
  /** Why the local Azure itself refused what the real one would have done. */
  guard: string | null;
  /** What the answer's `Retry-After` asked for, seconds. */
  retryAfterSeconds: number | null;
  ms: number;
};

/** The `Retry-After` of an answer in seconds, as the log keeps it. */
export function retryAfterOf(headers: Record<string, string | string[]> | undefined): number | null {
  const value = Object.entries(headers ?? {}).find(([name]) => name.toLowerCase() === "retry-after")?.[1];
  return value === undefined ? null : Number(value);
}

const kept = 5000;

/** The last 5000 requests, in memory. */
export class RequestLog {
  #rows: LoggedRequest[] = [];

  /** Adds a request. */
  add(row: LoggedRequest): void {
    this.#rows.push(row);
    if (this.#rows.length > kept * 1.2) this.#rows = this.#rows.slice(-kept);
  }

  /** Those after a moment (ISO 8601) whose method and path fit, oldest first. `path`: a regular expression, case ignored. */
  list(filter: { since?: string | null; method?: string | null; path?: string | null } = {}): LoggedRequest[] {
    const path = filter.path === undefined || filter.path === null ? null : new RegExp(filter.path, "i");
    return this.#rows.filter(
      (row) =>
        (!filter.since || row.at > filter.since) &&
        (!filter.method || row.method === filter.method) &&
        (path === null || path.test(row.path)),
    );
  }

  /** Forgets all. */
  clear(): void {
    this.#rows = [];
  }
}
