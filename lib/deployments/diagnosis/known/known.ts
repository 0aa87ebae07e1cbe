import type { Diagnosis, Source } from "../diagnosis";

/** A failure that is known, and how it is recognised. Rows are in order: of two that match alike, the first is the better answer. */
export type KnownCause = Omit<Diagnosis, "evidence"> & {
  sources: readonly Source[];
  /** Azure's codes: the failure's own code, or a word of its text. Case does not count. */
  codes?: readonly string[];
  /** Any of these, each made of parts that must all be in the text. Lower case. */
  phrases?: readonly (readonly string[])[];
  /** Not when one of these is in the text: another row says it better. Lower case. */
  unless?: readonly string[];
  /** True for what says that something failed and not why: it comes behind all others. */
  general?: true;
};

/** Adds the sources to rows that share them. */
export const from = (sources: readonly Source[], rows: readonly Omit<KnownCause, "sources">[]): KnownCause[] =>
  rows.map((row) => ({ ...row, sources }));
