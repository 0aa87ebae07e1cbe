import type { Finding } from "../finding";
import { lookUp } from "../table";
import { notes } from "./notes";
import { type Field, optionIn, type Written } from "./options";
import { isSecret, joinPairs, keepPair, noPairs, type Pairs, pairIn } from "./pairs";
import type { Word } from "./words";

/** What the options of a command were given. */
export type Read = { values: Map<Field, string>; pairs: Pairs; marks: Finding[] };

/** The words of a command, each given to the option that it stands behind. */
export function readWords(words: readonly Word[]): Read {
  const pairs = noPairs();
  const values = new Map<Field, string>();
  const marks: Finding[] = [];
  const mended = new Set<string>();
  let current: Written | null = null;
  let strays = 0;
  for (const word of joinPairs(words, (one) => optionIn(one) !== null)) {
    const written = optionIn(word);
    if (written !== null) {
      if (current !== null) marks.push(...unanswered(current, values));
      if (written.mended) mended.add(written.name);
      marks.push(...said(written));
      current = written;
      if (written.value !== null) current = give({ text: written.value, quoted: word.quoted }, written, values, pairs).next;
      continue;
    }
    const given = give(word, current, values, pairs);
    current = given.next;
    if (!given.taken) strays++;
  }
  if (current !== null) marks.push(...unanswered(current, values));
  if (mended.size > 0) marks.push(notes.dashes([...mended]));
  if (strays > 0) marks.push(notes.strays(strays));
  return { values, pairs, marks };
}

/** What there is to say about an option as such. */
function said({ option, name }: Written): Finding[] {
  if (option.takes === "file") return [notes.file(name)];
  return option.takes === "unknown" ? [notes.unknownOption(name)] : [];
}

/** Gives a word to an option; `next` is the option that waits for more. A pair that stands alone is a setting all the same. */
function give(word: Word, current: Written | null, values: Map<Field, string>, pairs: Pairs): { taken: boolean; next: Written | null } {
  const pair = pairIn(word.text);
  const option = current?.option;
  if (option?.takes === "pairs") {
    if (pair !== null) keepPair(pairs, option.place, pair);
    return { taken: pair !== null, next: current };
  }
  if (option?.takes === "ignored" && (pair === null || !isKnown(pair.key))) return { taken: true, next: null };
  if (option?.takes === "value" && (pair === null || !isKnown(pair.key))) {
    values.set(option.field, word.text);
    return { taken: true, next: null };
  }
  if (pair === null) return { taken: option?.takes === "file" || option?.takes === "unknown", next: null };
  keepPair(pairs, isSecret(pair.key) ? "protected" : "settings", pair);
  pairs.findings.push(notes.reattached(pair.key));
  return { taken: true, next: null };
}

function isKnown(key: string): boolean {
  return lookUp(key).status !== "unknown";
}

/** An option that waited for a value and met the next one. A bare `--auto-upgrade` means true. */
function unanswered({ option, name }: Written, values: Map<Field, string>): Finding[] {
  if (option.takes !== "value" || values.has(option.field)) return [];
  if (option.field !== "autoUpgrade") return [notes.noValue(name)];
  values.set("autoUpgrade", "true");
  return [];
}
