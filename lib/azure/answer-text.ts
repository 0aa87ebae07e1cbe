const keyWords = "PRIVATE KEY-----";
/** The letters by which base64 of a private key is known, for each place in a group of three bytes at which the words may begin. */
const encodedWords = [0, 1, 2].map((before) =>
  Buffer.from(`${" ".repeat(before)}${keyWords}`)
    .toString("base64")
    .slice(Math.ceil((before * 8) / 6), Math.floor(((before + keyWords.length) * 8) / 6)),
);
/** A private key as PEM in a JSON text, to its end or that of the string. */
const pemKey = /-----BEGIN (?:[A-Z]{1,20} )?PRIVATE KEY-----(?:[^"\\]|\\.)*?(?:-----END (?:[A-Z]{1,20} )?PRIVATE KEY-----|(?=")|$)/gs;
/** Escapes of JSON; whole pairs of surrogates and escaped backslashes are taken in one, so that what is left over stands alone. */
const escapes = /\\(u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|u0000|u[dD][89a-fA-F][0-9a-fA-F]{2}|.)/gs;
const unkeepable = /^u(0000|[dD][89a-fA-F]..)$/;

/**
 * The JSON text of an answer as it may be read, kept and shown: without any private key, PEM or base64 of it, that was sent and is repeated, and
 * without NUL and lone surrogates, which PostgreSQL does not take: whoever can put one into an answer could keep its record from being written.
 */
export function keepable(text: string): string {
  const whole = /\\u(0000|[dD][89a-fA-F])/.test(text)
    ? text.replace(escapes, (escape, code: string) => (unkeepable.test(code) ? "\\ufffd" : escape))
    : text;
  const clean = whole.replaceAll("\0", "\ufffd").replace(pemKey, "(private key)");
  return encodedWords.reduce(withoutEncoded, clean);
}

/** Cuts out each run of base64 that holds `words`. */
function withoutEncoded(text: string, words: string): string {
  let left = text;
  for (let at = left.indexOf(words); at >= 0; at = left.indexOf(words)) {
    let [from, to] = [at, at + words.length];
    while (/[A-Za-z0-9+/]/.test(left.charAt(from - 1))) from--;
    while (/[A-Za-z0-9+/=]/.test(left.charAt(to))) to++;
    left = `${left.slice(0, from)}(private key)${left.slice(to)}`;
  }
  return left;
}

/** More than what Azure or a cluster says of one failure, characters. */
const longestWords = 20_000;

/** Words of an outsider, at most 20,000 characters: their beginning and their end, where Helm tells the cause. */
export function shortened(words: string, most = longestWords): string {
  const half = most / 2;
  return words.length <= most ? words : `${words.slice(0, half)} … ${words.slice(-half)}`;
}
