const quote = 0x22;
const backslash = 0x5c;
const comma = 0x2c;

/**
 * How deep a JSON text is nested and how many values it has at most, without building any of them: a text of the allowed length could
 * otherwise unfold to many times its size in memory.
 */
export function outlineOf(text: string): { depth: number; values: number } {
  let depth = 0;
  let deepest = 0;
  let values = 1;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === quote) at = endOfString(text, at);
    else if (code === comma) values++;
    // [ and { differ from ] and } in the same two bits, and from all else that stands outside of strings.
    else if ((code | 0x20) === 0x7b) {
      values++;
      if (++depth > deepest) deepest = depth;
    } else if ((code | 0x20) === 0x7d) depth--;
  }
  return { depth: deepest, values };
}

/** Offset of the quote that closes the string which begins at `start`; the text's length when none does. */
function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === backslash) at++;
    else if (code === quote) return at;
  }
  return text.length;
}
