import type { Finding } from "../finding";
import { lookUp } from "../table";
import { notes } from "./notes";
import type { Word } from "./words";

type Place = "settings" | "protected";

/** The pairs found so far, plain and protected apart. */
export type Pairs = { settings: Map<string, string>; protected: Map<string, string>; findings: Finding[] };

export const noPairs = (): Pairs => ({ settings: new Map(), protected: new Map(), findings: [] });

/** Key and value of `key=value`, or null. A URL and a line of Base64 are none. */
export function pairIn(text: string): { key: string; value: string } | null {
  const at = text.indexOf("=");
  const key = text.slice(0, at).trim();
  if (at <= 0 || key === "" || key.length > 200 || /[\s"']|:\/\//.test(key) || /^[A-Za-z0-9+/]{40,}$/.test(key)) return null;
  return { key, value: text.slice(at + 1) };
}

/** Keeps a pair. What is a secret by its key is kept apart, wherever it stood. */
export function keepPair(pairs: Pairs, asked: Place, { key, value }: { key: string; value: string }): void {
  const place: Place = asked === "protected" || isSecret(key) ? "protected" : "settings";
  if (place !== asked) pairs.findings.push(notes.moved(key));
  if (pairs[place].has(key)) pairs.findings.push(notes.twice(key));
  pairs[place].set(key, value);
}

/** True for a key whose value must not be shown or logged. */
export function isSecret(key: string): boolean {
  const found = lookUp(key);
  if (found.status === "known" || found.status === "misspelt") return found.setting.protected;
  if (found.status === "wrong-name" && found.name.to !== undefined) return isSecret(found.name.to);
  return /password|secret|token|connection_?string|private_?key|\.ssl(cert|key)$/i.test(key);
}

/** Joins `key = value`, `key= value` and `key =value`, which people write and no shell does. */
export function joinPairs(words: readonly Word[], isOption: (word: Word) => boolean): Word[] {
  const joined: Word[] = [];
  for (const word of words) {
    const last = joined.at(-1);
    if (last !== undefined && !last.quoted && !isOption(last) && !isOption(word) && isOnePair(last.text, word)) last.text += word.text;
    else joined.push({ ...word });
  }
  return joined;
}

function isOnePair(before: string, { text, quoted }: Word): boolean {
  if (/^[^=]+=$/.test(before)) return !text.includes("=");
  if (before.includes("=") || quoted) return false;
  return text === "=" || (text.startsWith("=") && isBare(before));
}

/** A word that can only be a key that waits for its `=`. */
const isBare = (text: string): boolean => {
  const found = text.includes("=") ? undefined : lookUp(text).status;
  return found === "known" || found === "misspelt" || found === "wrong-name";
};
