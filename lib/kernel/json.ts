import { createHash } from "node:crypto";
import canonicalize from "canonicalize";

/** A value that JSON can hold. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** RFC 8785 text of a value: the same value always gives the same text. `undefined` members are left out. */
export function canonicalJson(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError("This value has no JSON text.");
  return text;
}

/** SHA-256 of a text, lower-case hex. */
export function sha256(text: string): string {
  return createHash("sha256").update(text, "utf8").digest("hex");
}

/** SHA-256 over the canonical JSON of a value, lower-case hex. */
export function digestOf(value: unknown): string {
  return sha256(canonicalJson(value));
}
