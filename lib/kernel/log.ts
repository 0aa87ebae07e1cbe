type Level = "debug" | "info" | "warn" | "error";
const order: Record<Level, number> = { debug: 10, info: 20, warn: 30, error: 40 };

/** Names of members whose values never reach a log line. */
const secretName = /token|secret|password|authorization|cookie|assertion|verifier|sealed|private|claims|^code$|^sig$|operation/i;
/** Texts that look like a bearer token, a signed query or a private key. */
const secretText =
  /-----BEGIN [A-Z ]*PRIVATE KEY-----[^]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)|eyJ[A-Za-z0-9_-]{10,}(\.[A-Za-z0-9_-]+){1,2}|Bearer\s+\S+|([?&](?:t|c|s|h|sig|code)=)[^&\s"]+/g;

/** A copy of a value that is safe to log: secret members and token-like texts are replaced. Longer lists and deeper values are cut at `limits`. */
export function redact(value: unknown, limits = { items: 100, depth: 6 }, depth = 0): unknown {
  if (typeof value === "string") return value.replace(secretText, (_match, _a, prefix: string | undefined) => `${prefix ?? ""}[redacted]`);
  if (value instanceof Error)
    return { name: value.name, message: redact(value.message), code: (value as { code?: unknown }).code, stack: redact(value.stack ?? "") };
  if (typeof value === "bigint") return value.toString();
  if (value === null || typeof value !== "object") return value;
  if (depth > limits.depth) return "[deep]";
  if (Array.isArray(value)) return value.slice(0, limits.items).map((item) => redact(item, limits, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      secretName.test(key) && maySecret(key, item) ? "[redacted]" : redact(item, limits, depth + 1),
    ]),
  );
}

/** Numbers, truths and absences hold no secret; nor does an error's code, a short word without digits, where an authorization code would stand. */
function maySecret(key: string, item: unknown): boolean {
  if (item === null || typeof item === "number" || typeof item === "boolean") return false;
  return !(key === "code" && typeof item === "string" && /^[A-Za-z_-]{1,40}$/.test(item));
}

/** Writes one JSON line to standard error: {at, level, event, …facts}. */
export function log(level: Level, event: string, facts: Record<string, unknown> = {}): void {
  const floor = order[(process.env.BINDERY_LOG as Level | undefined) ?? "info"] ?? 20;
  if (order[level] < floor) return;
  process.stderr.write(`${JSON.stringify({ at: new Date().toISOString(), level, event, ...(redact(facts) as object) })}\n`);
}
