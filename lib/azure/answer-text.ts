import { unhidden } from "@/lib/kernel/hidden";

const keyWords = "PRIVATE KEY-----";
/** The letters by which base64 of a private key is known, for each place in a group of three bytes at which the words may begin. */
const encodedWords = [0, 1, 2].map((before) =>
  Buffer.from(`${" ".repeat(before)}${keyWords}`)
    .toString("base64")
    .slice(Math.ceil((before * 8) / 6), Math.floor(((before + keyWords.length) * 8) / 6)),
);
const beginning = /-----BEGIN (?:[A-Z]{1,20} )?PRIVATE KEY-----/g;
const ending = /-----END (?:[A-Z]{1,20} )?PRIVATE KEY-----/y;
/** Escapes of JSON. Whole pairs of surrogates and escaped backslashes are taken in one, so that what the group finds is a NUL or stands alone. */
const escapes = /\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(u0000|u[dD][89a-fA-F][0-9a-fA-F]{2})|.)/gs;

/**
 * The JSON text of an answer as it may be read, kept and shown: without any private key, PEM or base64 of it, that was sent and is repeated, and
 * without NUL and lone surrogates, which PostgreSQL does not take: whoever can put one into an answer could keep its record from being written.
 */
export function keepable(text: string): string {
  const whole = /\\u(0000|[dD][89a-fA-F])/.test(text)
    ? text.replace(escapes, (escape, unkeepable?: string) => (unkeepable === undefined ? escape : "\\ufffd"))
    : text;
  return encodedWords.reduce(withoutEncoded, withoutPem(whole.replaceAll("\0", "\ufffd")));
}

/** Cuts out each private key in PEM. One walk and no backtracking: an answer has up to 16 MB, and may be made to hold its reader up. */
function withoutPem(text: string): string {
  let clean = "";
  let done = 0;
  for (const { 0: words, index } of text.matchAll(beginning)) {
    if (index < done) continue;
    clean += `${text.slice(done, index)}(private key)`;
    done = endOfPem(text, index + words.length);
  }
  return clean + text.slice(done);
}

/** Where a private key ends that began before `from`: behind its last line, or where the JSON string ends that holds it. */
function endOfPem(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    const sign = text.charAt(at);
    if (sign === '"') return at;
    if (sign === "\\") at++;
    if (sign !== "-") continue;
    ending.lastIndex = at;
    if (ending.test(text)) return ending.lastIndex;
  }
  return text.length;
}

/** Cuts out each run of base64 that holds `words`, likewise. */
function withoutEncoded(text: string, words: string): string {
  let clean = "";
  let done = 0;
  for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, done)) {
    let [from, to] = [at, at + words.length];
    while (from > done && /[A-Za-z0-9+/]/.test(text.charAt(from - 1))) from--;
    while (/[A-Za-z0-9+/=]/.test(text.charAt(to))) to++;
    clean += `${text.slice(done, from)}(private key)`;
    done = to;
  }
  return clean + text.slice(done);
}

/** More than what Azure or a cluster says of one failure, characters. */
const longestWords = 20_000;

/**
 * Words of an outsider, at most 20,000 characters: their beginning and their end, where Helm tells the cause. Characters that nobody sees are
 * written out.
 */
export function shortened(words: string, most = longestWords): string {
  const half = most / 2;
  return unhidden(words.length <= most ? words : `${words.slice(0, half)} … ${words.slice(-half)}`);
}
