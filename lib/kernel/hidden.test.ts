import { describe, expect, test } from "vitest";
import { hiddenIn, hiddenInProse, unhidden } from "./hidden";

describe("characters that nobody sees", () => {
  test.each([
    ["right-to-left override", "\u202e", "U+202E"],
    ["isolate", "\u2066", "U+2066"],
    ["zero width space", "\u200b", "U+200B"],
    ["byte order mark", "\ufeff", "U+FEFF"],
    ["tag", "\u{e0041}", "U+E0041"],
    ["Hangul filler", "\u3164", "U+3164"],
    ["escape", "\u001b", "U+001B"],
  ])("are found and written out: %s", (_, char, name) => {
    expect(hiddenIn(`a${char}b`)).toBe(name);
    expect(hiddenInProse(`a${char}b`)).toBe(name);
    expect(unhidden(`a${char}b${char}`)).toBe(`a⟨${name}⟩b⟨${name}⟩`);
  });

  test("are no letters of any script, and in prose neither line ends nor joiners", () => {
    for (const text of ["Größe, 模型, نموذج, مدل", "two\nlines\tand more", "می\u200cخواهم 👩\u200d🔬"]) {
      expect(hiddenInProse(text)).toBeNull();
      expect(unhidden(text)).toBe(text);
    }
    expect(hiddenIn("two\nlines")).toBe("U+000A");
    expect(hiddenIn("join\u200ced")).toBe("U+200C");
  });
});
