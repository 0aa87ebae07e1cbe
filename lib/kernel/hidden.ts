/**
 * Characters that nobody sees: they turn text around (U+202E), take no room (U+200B), or command a device. A text that holds one can read
 * otherwise than it is: approvers decide on what they read.
 */
const hidden = /[\p{Cc}\p{Cf}\u115f\u1160\u3164\uffa0]/u;
/** Line ends, tabs, and the joiners that Persian, Indic scripts and emoji are written with. */
const ofProse = /[\t\n\r\u200c\u200d]/;

const nameOf = (char: string): string => `U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;

/** The first hidden character as `U+202E`; null: there is none. */
export function hiddenIn(text: string): string | null {
  const found = hidden.exec(text);
  return found === null ? null : nameOf(found[0]);
}

/** The same for what people write: line ends, tabs and joiners are no matter. */
export const hiddenInProse = (text: string): string | null => hiddenIn(text.replace(new RegExp(ofProse, "g"), " "));

/** A text with its hidden characters written out, as `⟨U+202E⟩`: words of outsiders are shown, and not refused. */
export const unhidden = (text: string): string =>
  hidden.test(text) ? text.replace(new RegExp(hidden, "gu"), (char) => (ofProse.test(char) ? char : `⟨${nameOf(char)}⟩`)) : text;
