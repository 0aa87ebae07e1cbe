/** A place in a text, both counted from 1. */
export type Place = { line: number; column: number };
/** Where a text stops being JSON, and what is wrong there. */
export type JsonFault = { offset: number; text: string };

/** Levels of arrays and objects that a walk goes down. */
const deepest = 64;
/** Every token but a text, which may be too long for an expression. */
const token = /[{}[\],:]|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
const escape = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
const space = /[ \t\r\n]*/y;

/** Line and column of an offset. */
export function placeOf(text: string, offset: number): Place {
  let line = 1;
  let start = 0;
  for (let end = text.indexOf("\n"); end >= 0 && end < offset; end = text.indexOf("\n", start)) {
    line++;
    start = end + 1;
  }
  return { line, column: offset - start + 1 };
}

/** The first fault of a text as JSON; undefined when it has none, and is not deeper than a walk goes. */
export function findJsonFault(text: string): JsonFault | undefined {
  return walkFrom(text, () => undefined);
}

/** Offsets of the values at these paths (`values/3/name`) in a sound text. Paths that are not there are left out. */
export function offsetsOf(text: string, paths: ReadonlySet<string>): Map<string, number> {
  const found = new Map<string, number>();
  walkFrom(text, (path, offset) => {
    if (paths.has(path) && !found.has(path)) found.set(path, offset);
  });
  return found;
}

function walkFrom(text: string, visit: (path: string, offset: number) => void): JsonFault | undefined {
  try {
    walk(text, visit);
    return undefined;
  } catch (error) {
    if (error instanceof WalkStopped) return { offset: error.offset, text: error.message };
    throw error;
  }
}

class WalkStopped extends Error {
  constructor(
    readonly offset: number,
    message: string,
  ) {
    super(message);
  }
}

/** Goes through the values of a text in order. Throws `WalkStopped` where it is no JSON. */
function walk(text: string, visit: (path: string, offset: number) => void): void {
  let at = 0;
  const peek = (): number => {
    space.lastIndex = at;
    space.exec(text);
    at = space.lastIndex;
    return at;
  };
  const stop = (offset: number, expected: string): WalkStopped =>
    offset >= text.length ? cutOff(text) : new WalkStopped(offset, `${expected} was expected`);
  const take = (expected: string): string => {
    const start = peek();
    if (text[start] === '"') at = endOfText(text, start);
    else {
      token.lastIndex = start;
      const [found] = token.exec(text) ?? [];
      if (found === undefined) throw stop(start, expected);
      at += found.length;
    }
    return text.slice(start, at);
  };
  const demand = (wanted: string): void => {
    const offset = peek();
    if (take(`“${wanted}”`) !== wanted) throw stop(offset, `“${wanted}”`);
  };
  const value = (path: string, depth: number): void => {
    const offset = peek();
    if (depth > deepest) throw new WalkStopped(offset, `it is nested more than ${deepest} levels deep`);
    visit(path, offset);
    const found = take("a value");
    if (found === "{") list("}", (name) => value(name === undefined ? path : join(path, name), depth + 1), true);
    else if (found === "[") {
      let index = 0;
      list("]", () => value(join(path, String(index++)), depth + 1), false);
    } else if (/^[\]},:]$/.test(found)) throw stop(offset, "a value");
  };
  const list = (end: string, item: (name?: string) => void, isNamed: boolean): void => {
    if (text[peek()] === end) {
      at++;
      return;
    }
    for (;;) {
      item(isNamed ? memberName() : undefined);
      const offset = peek();
      const found = take(`“,” or “${end}”`);
      if (found === end) return;
      if (found !== ",") throw stop(offset, `“,” or “${end}”`);
    }
  };
  const memberName = (): string => {
    const offset = peek();
    const found = take("a name in quotes");
    if (!found.startsWith('"')) throw stop(offset, "a name in quotes");
    demand(":");
    return String(JSON.parse(found));
  };
  value("", 0);
  if (peek() < text.length) throw new WalkStopped(at, "the document was at its end, and more follows");
}

const join = (path: string, part: string): string => (path === "" ? part : `${path}/${part}`);

const cutOff = (text: string): WalkStopped => new WalkStopped(text.length, "the text ends in the middle of the document");

/** Offset after the text in quotes that begins at `start`. Throws `WalkStopped` where it has what no JSON text may have, or no end. */
function endOfText(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    const char = text.charAt(at);
    if (char === '"') return at + 1;
    if (char < " ") throw new WalkStopped(at, "a text holds a control character or has no closing quote");
    if (char !== "\\") continue;
    escape.lastIndex = at;
    if (escape.test(text)) at = escape.lastIndex - 1;
    else if (text.length - at < 6) throw cutOff(text);
    else throw new WalkStopped(at, "a text holds a backslash that begins no escape");
  }
  throw cutOff(text);
}
