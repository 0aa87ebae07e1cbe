import { extensionType } from "./body";
import type { Finding } from "./finding";
import type { UncheckedInput } from "./input";
import { cleanPaste } from "./paste/clean";
import { notes } from "./paste/notes";
import type { Field } from "./paste/options";
import { noPairs, type Pairs } from "./paste/pairs";
import { readWords } from "./paste/read";
import { wordsOf } from "./paste/words";
import { isPlaceholder } from "./rules/values";

/** Longest text that is read, in characters. */
export const pasteLimit = 20_000;

/** What a pasted command says. Null: it does not say. */
export type Paste = {
  name: string | null;
  clusterType: string | null;
  cluster: string | null;
  resourceGroup: string | null;
  subscription: string | null;
  scope: string | null;
  version: string | null;
  releaseTrain: string | null;
  autoUpgrade: boolean | null;
  settings: Record<string, string>;
  /** Values that are secrets, or paths of files with secrets: never to be logged, stored or sent back. */
  protected: Record<string, string>;
  /** What was mended, left out or is wrong. Repeats no protected value. */
  findings: Finding[];
};

/**
 * Reads a pasted `az k8s-extension create …`, or key=value pairs alone: of bash, PowerShell or cmd, over several lines, with the marks
 * that web pages leave in it. Runs and reads nothing: variables and files stay what they are, and are spoken of. Throws nothing.
 */
export function parsePaste(text: string): Paste {
  if (text.length > pasteLimit) return answer(new Map(), noPairs(), [notes.tooLong(pasteLimit)]);
  const clean = cleanPaste(text);
  const marks = [...(clean.typographic ? [notes.typographic()] : []), ...(clean.secretCut ? [notes.privateKey()] : [])];
  const heads = headsIn(clean.text);
  const head = heads[0];
  if (head === undefined && /^\W{0,8}(?:PS [^\n>]{0,200}>\s*)?(az|kubectl|helm)\s+[a-z]/im.test(clean.text))
    return answer(new Map(), noPairs(), [...marks, notes.otherCommand()]);
  const { words, end, unclosedQuote } = wordsOf(clean.text, head?.end ?? 0, head === undefined);
  if (head === undefined) marks.push(notes.noCommand());
  else if (head.verb === "update") marks.push(notes.update());
  if (heads.some((one) => one.start >= end)) marks.push(notes.several());
  if (unclosedQuote) marks.push(notes.unclosed());
  const read = readWords(words);
  return answer(read.values, read.pairs, [...marks, ...read.marks]);
}

/** A paste as input of the form and of the check. */
export function inputOf(paste: Paste): UncheckedInput {
  return {
    settings: paste.settings,
    protected: paste.protected,
    ...(paste.name === null ? {} : { name: paste.name }),
    ...(paste.version === null ? {} : { version: paste.version }),
    ...(paste.releaseTrain === null ? {} : { releaseTrain: paste.releaseTrain }),
    ...(paste.autoUpgrade === null ? {} : { autoUpgrade: paste.autoUpgrade }),
  };
}

type Head = { start: number; end: number; verb: string };

/** Where the commands begin. One in a comment is none, unless there is no other. */
function headsIn(text: string): Head[] {
  const found = [
    ...text.matchAll(/\baz(?:\.cmd)?(?:[ \t]|[\\`^][ \t]*\n)+k8s-extension(?:[ \t]|[\\`^][ \t]*\n)+(create|update)(?=\s|[\\`^]|$)/gi),
  ].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
    verb: match[1]!.toLowerCase(),
  }));
  const live = found.filter(({ start }) => !/^\s*(#|\/\/|::|rem\s)/i.test(text.slice(text.lastIndexOf("\n", start) + 1, start)));
  return live.length > 0 ? live : found;
}

function answer(values: Map<Field, string>, pairs: Pairs, marks: Finding[]): Paste {
  const findings = [...marks, ...pairs.findings];
  const textOf = (field: Field, words: string): string | null => {
    const value = values.get(field)?.trim() ?? "";
    if (value === "") return null;
    if (!isPlaceholder(value)) return value;
    findings.push(notes.placeholder(words));
    return null;
  };
  const paste: Paste = {
    name: textOf("name", "name"),
    clusterType: textOf("clusterType", "cluster type"),
    cluster: textOf("cluster", "cluster"),
    resourceGroup: textOf("resourceGroup", "resource group"),
    subscription: textOf("subscription", "subscription"),
    scope: textOf("scope", "scope"),
    version: textOf("version", "version"),
    releaseTrain: textOf("releaseTrain", "release train"),
    autoUpgrade: flagOf(values.get("autoUpgrade"), findings),
    settings: Object.fromEntries(pairs.settings),
    protected: Object.fromEntries(pairs.protected),
    findings,
  };
  findings.push(...judge(values, paste));
  return paste;
}

function flagOf(text: string | undefined, findings: Finding[]): boolean | null {
  if (text === undefined) return null;
  const word = text.trim().toLowerCase();
  if (word === "true" || word === "false") return word === "true";
  findings.push(notes.autoUpgrade());
  return null;
}

/** What the az CLI would refuse, or do otherwise than asked. */
function judge(values: Map<Field, string>, paste: Paste): Finding[] {
  const found: Finding[] = [];
  const says = (field: Field, right: string): boolean => (values.get(field) ?? right).toLowerCase() === right.toLowerCase();
  if (!says("extensionType", extensionType)) found.push(notes.extensionType());
  if (paste.clusterType !== null && !says("clusterType", "managedClusters")) found.push(notes.arc());
  if ((paste.scope !== null && !says("scope", "cluster")) || values.has("targetNamespace")) found.push(notes.scope());
  if (!says("releaseNamespace", "azureml")) found.push(notes.namespace());
  const isEmpty = values.size === 0 && Object.keys(paste.settings).length === 0 && Object.keys(paste.protected).length === 0;
  if (isEmpty && !paste.findings.some((one) => one.level === "error")) found.push(notes.empty());
  return found;
}
