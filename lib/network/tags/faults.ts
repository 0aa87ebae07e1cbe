import { offsetsOf, placeOf } from "./json-place";

/** One thing wrong in a document, with the entry that it is about and, where that can be told, the line of the text. */
export type TagFault = {
  /** A sentence that names the entry and what is wrong with it. */
  text: string;
  tag?: string;
  /** Place in the tag's list of ranges, counted from 0. */
  index?: number;
  prefix?: string;
  /** Counted from 1. */
  line?: number;
  column?: number;
};

/** Faults are listed up to here: who sees twenty knows that the document is not sound. */
const mostFaults = 20;

/** Collects the first faults of a document and counts the rest. */
export class FaultList {
  readonly #found: { fault: TagFault; path: string }[] = [];
  #count = 0;

  /** `path`: where the entry stands, such as `values/3/name`. */
  add(path: string, fault: TagFault): void {
    this.#count++;
    if (this.#found.length < mostFaults) this.#found.push({ fault, path });
  }

  get count(): number {
    return this.#count;
  }

  /** True when so many faults are counted that the rest need not be looked for. */
  get isEnough(): boolean {
    return this.#count >= 100 * mostFaults;
  }

  /** The faults with their lines in the text. */
  placed(text: string): TagFault[] {
    const offsets = offsetsOf(text, new Set(this.#found.map(({ path }) => path)));
    return this.#found.map(({ fault, path }) => {
      const offset = offsets.get(path);
      return offset === undefined ? fault : { ...fault, ...placeOf(text, offset) };
    });
  }
}
