const longest = 60_000;
const evidenceLength = 300;

/** What may be a secret: certificates and keys (PEM, also as base64), tokens, named secrets. */
const secrets =
  /-----BEGIN [\s\S]*?(?:-----END [^-\n]{1,40}-----|$)|LS0tLS1[A-Za-z0-9+/=]*|eyJ[A-Za-z0-9_-]{10,}[A-Za-z0-9_.-]*|\bBearer\s{1,8}\S+|\b(?:password|passwd|secret|sharedaccesskey|accountkey|connection_?string|sslKey|sslCert|sig|[a-z_]*token)["']?\s{0,4}[=:]\s{0,4}["']?[^\s"',;&]+/gi;
const longRun = /[A-Za-z0-9+/]{40,}={0,2}/g;

/**
 * A text cut to 60,000 characters, its beginning and its end, and without what looks like a secret. Azure's texts quote what they choked
 * on, and that may be a protected setting.
 */
export function readable(text: string): string {
  const half = longest / 2;
  const cut = text.length <= longest ? text : `${text.slice(0, half)} … ${text.slice(-half)}`;
  return cut.replace(secrets, "[redacted]").replace(longRun, (run) => (looksRandom(run) ? "[redacted]" : run));
}

/** The words around a place in a text, in one line, at most 300 characters. */
export function excerpt(text: string, at: number, length: number): string {
  const spare = Math.max(0, evidenceLength - length - 2);
  const from = Math.max(0, at - Math.floor(spare / 2));
  const to = Math.min(text.length, from + evidenceLength - 2);
  const words = text.slice(from, to).replace(/\s+/g, " ").trim();
  return `${from > 0 ? "…" : ""}${words}${to < text.length ? "…" : ""}`;
}

/** Where a word stands in a text as a word of its own, or -1. Both lower case. */
export function wordAt(text: string, word: string): number {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    if (!isLetter(text[at - 1]) && !isLetter(text[at + word.length])) return at;
  }
  return -1;
}

const isLetter = (one: string | undefined): boolean => one !== undefined && /[a-z0-9_]/.test(one);

/** Keys are padded or mix digits with both cases; a path has slashes between its words. */
function looksRandom(run: string): boolean {
  if (run.endsWith("=")) return true;
  return run.split("/").some((part) => part.length >= 32 && /\d/.test(part) && /[a-z]/.test(part) && /[A-Z]/.test(part));
}
