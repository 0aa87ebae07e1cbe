import { BinderyError, isBinderyError } from "@/lib/kernel/errors";

/** Shorter texts would be found in words that are no secret. */
const shortest = 8;

/** An error as it may be recorded and shown: where Azure's answer repeats what was sent, the secrets are taken out of it, and its cause with them. */
export function withoutSecrets(error: unknown, secrets: readonly string[]): unknown {
  const hidden = secrets.filter((secret) => secret.length >= shortest);
  if (hidden.length === 0 || !(error instanceof Error)) return error;
  const clean = (text: string): string => hidden.reduce((left, secret) => left.replaceAll(secret, "(secret)"), text);
  if (!isBinderyError(error)) return new Error(clean(error.message));
  const { cause: _cause, ...facts } = error.facts;
  return new BinderyError(error.code, clean(error.message), JSON.parse(clean(JSON.stringify(facts))) as typeof facts);
}
