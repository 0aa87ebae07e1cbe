import { dashes } from "./clean";

/** One word of a command, without its quotes. */
export type Word = { text: string; quoted: boolean };

/** The words of a command, and where in the text it ended. */
export type Words = { words: Word[]; end: number; unclosedQuote: boolean };

type Shell = "posix" | "powershell" | "cmd";
const escapes: Record<Shell, string> = { posix: "\\", powershell: "`", cmd: "^" };
const placeholder = /<[^<>\n]{1,80}>/y;
const lineJoint = /[\\`^][ \t]*(?:\n|$)/y;
/** What goes on on the next line, though nothing says so: an option or a pair. Blank lines and comments do not end a command. */
const goesOn = new RegExp(`((?:[ \\t]*(?:#[^\\n]*)?\\n)*[ \\t]*)(?:[${dashes}]|["']?[A-Za-z_][^\\s=]*=|#)`, "y");

/**
 * Takes a command apart into words as a shell would, and runs nothing: variables and substitutions stay as they are written. POSIX
 * shells, PowerShell and cmd are told apart by how they join lines. With `whole`, line ends and separators end nothing. Every character
 * is looked at a bounded number of times.
 */
export function wordsOf(text: string, from = 0, whole = false): Words {
  const reader = new Reader(text, from, whole);
  while (reader.step());
  return { words: reader.words, end: reader.at, unclosedQuote: reader.unclosedQuote };
}

function shellOf(text: string): Shell {
  if (/`[ \t]*\n/.test(text)) return "powershell";
  return /\^[ \t]*\n/.test(text) ? "cmd" : "posix";
}

/** The place in the text, and the word that is being read. */
class Reader {
  readonly words: Word[] = [];
  unclosedQuote = false;
  private word: string | null = null;
  private quoted = false;
  private readonly shell: Shell;
  private readonly noMore = new Set<string>();

  constructor(
    private readonly text: string,
    public at: number,
    private readonly whole: boolean,
  ) {
    this.shell = shellOf(text);
  }

  /** Reads on; false at the end of the command. */
  step(): boolean {
    const char = this.text[this.at];
    if (char === undefined) return this.close(false);
    const joint = this.match(lineJoint);
    if (joint !== null) return this.skip(joint.length);
    if (char === "\n") return this.lineEnd();
    if (/\s/.test(char)) return this.skip(1);
    if (char === "#" && this.word === null) return this.skip(this.lengthOfLine());
    if (";&|".includes(char)) return this.whole ? this.skip(1) : this.close(false);
    if (char === '"' || (char === "'" && this.mayQuote())) return this.quote(char);
    if (char === escapes[this.shell]) return this.take(this.text[this.at + 1] ?? "", 2);
    return this.literal(char);
  }

  private literal(char: string): boolean {
    const kept = this.match(placeholder) ?? this.substitution();
    return kept === null ? this.take(char, 1) : this.take(kept, kept.length);
  }

  /** `$(command)`, unexecuted, in one piece. */
  private substitution(): string | null {
    if (!this.text.startsWith("$(", this.at)) return null;
    const end = this.text.indexOf(")", this.at);
    const line = this.at + this.lengthOfLine();
    return end < 0 || end > line ? null : this.text.slice(this.at, end + 1);
  }

  /** An apostrophe inside a word is an apostrophe. */
  private mayQuote(): boolean {
    return this.word === null || this.quoted || this.word.endsWith("=");
  }

  private quote(mark: string): boolean {
    const found = this.noMore.has(mark) ? null : this.quotedText(mark);
    if (found === null) {
      this.noMore.add(mark);
      this.unclosedQuote = true;
      return this.take("", 1);
    }
    this.quoted = true;
    this.take(found.text, 0);
    this.at = found.end;
    return true;
  }

  private quotedText(mark: string): { text: string; end: number } | null {
    let text = "";
    for (let at = this.at + 1; at < this.text.length; at++) {
      const char = this.text[at]!;
      const next = this.text[at + 1] ?? "";
      if (char === mark && next === mark && this.shell !== "posix") {
        text += mark;
        at++;
      } else if (char === mark) return { text, end: at + 1 };
      else if (mark === '"' && this.escapesInside(char, next)) {
        if (next !== "\n") text += next;
        at++;
      } else text += char;
    }
    return null;
  }

  private escapesInside(char: string, next: string): boolean {
    if (this.shell === "powershell" && char === "`") return true;
    return char === "\\" && (this.shell === "posix" ? '"\\$`\n' : '"').includes(next) && next !== "";
  }

  private lineEnd(): boolean {
    if (this.whole) return this.skip(1);
    goesOn.lastIndex = this.at + 1;
    const next = goesOn.exec(this.text);
    return next === null ? this.close(false) : this.skip(1 + next[1]!.length);
  }

  private take(text: string, length: number): boolean {
    this.word = (this.word ?? "") + text;
    this.at += length;
    return true;
  }

  private skip(length: number): boolean {
    this.at += length;
    return this.close(true);
  }

  /** Ends the word; gives back whether the command goes on. */
  private close(on: boolean): boolean {
    if (this.word !== null && (this.word !== "" || this.quoted)) this.words.push({ text: this.word, quoted: this.quoted });
    this.word = null;
    this.quoted = false;
    return on;
  }

  private lengthOfLine(): number {
    const end = this.text.indexOf("\n", this.at);
    return (end < 0 ? this.text.length : end) - this.at;
  }

  private match(pattern: RegExp): string | null {
    pattern.lastIndex = this.at;
    return pattern.exec(this.text)?.[0] ?? null;
  }
}
