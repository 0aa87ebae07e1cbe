import fc from "fast-check";
import { expect, it } from "vitest";
import { findJsonFault, offsetsOf, placeOf } from "./json-place";

const at = (text: string): string => {
  const found = findJsonFault(text);
  if (found === undefined) return "sound";
  const { line, column } = placeOf(text, found.offset);
  return `${line}:${column} ${found.text}`;
};

it.each([
  ['{"a": 1,\n  "b": [1, 2', "2:13 the text ends in the middle of the document"],
  ['{"a": 1,\n  "b": "tex', "2:12 the text ends in the middle of the document"],
  ["[1,\n 2\n 3]", "3:2 “,” or “]” was expected"],
  ['{"a" 1}', "1:6 “:” was expected"],
  ["{a: 1}", "1:2 a name in quotes was expected"],
  ["[1, ]", "1:5 a value was expected"],
  ["[01]", "1:3 “,” or “]” was expected"],
  ["[1] x", "1:5 the document was at its end, and more follows"],
  ["<html>", "1:1 a value was expected"],
  ['["a\tb"]', "1:4 a text holds a control character or has no closing quote"],
  ['["a\\q, and more"]', "1:4 a text holds a backslash that begins no escape"],
  ['["a\\u00', "1:8 the text ends in the middle of the document"],
  ['[{"a\\n": null}, -1.5e3, true]', "sound"],
])("finds in %j where it stops being JSON", (text, expected) => {
  expect(at(text)).toBe(expected);
});

it("agrees with JSON.parse, whatever is changed in a text", () => {
  const changed = fc
    .tuple(fc.json(), fc.nat(), fc.nat({ max: 2 }), fc.constantFrom("", ...'{}[],:"\\1 ate-'.split("")))
    .map(([text, at, removed, put]) => text.slice(0, at % (text.length + 1)) + put + text.slice((at % (text.length + 1)) + removed));
  fc.assert(
    fc.property(fc.oneof(fc.json(), changed), (text) => {
      let isSound = true;
      try {
        JSON.parse(text);
      } catch {
        isSound = false;
      }
      expect(findJsonFault(text) === undefined).toBe(isSound);
    }),
    { numRuns: 5000 },
  );
});

it("finds values by their paths", () => {
  const text = '{"values": [\n{"name": "a"},\n{"name": "b", "p": [1,\n 2]}]}';
  const offsets = offsetsOf(text, new Set(["values/1/name", "values/1/p/1", "values/9", ""]));
  expect([...offsets].map(([path, offset]) => [path, placeOf(text, offset).line])).toEqual([
    ["", 1],
    ["values/1/name", 3],
    ["values/1/p/1", 4],
  ]);
});

it("stops going down where no document goes", () => {
  expect(at(`${"[".repeat(100)}${"]".repeat(100)}`)).toContain("nested more than");
});

it("reads a text of any length", () => {
  const long = "x".repeat(10_000_000);
  expect(at(`["${long}"]`)).toBe("sound");
  expect(at(`["${long}`)).toContain("ends in the middle");
});
