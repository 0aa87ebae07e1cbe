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
  ms: number;
};

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
