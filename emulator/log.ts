/** Writes one JSON line to stderr: the local Azure is quiet unless something is wrong. */
export function warn(message: string, facts: Record<string, unknown> = {}): void {
  process.stderr.write(`${JSON.stringify({ at: new Date().toISOString(), level: "warn", from: "local-azure", message, ...facts })}\n`);
}
