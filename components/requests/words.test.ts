import { expect, test } from "vitest";
import { againWords } from "./words";

test("planning again says what stops the plan now, whether its facts changed or not", () => {
  const same = { changed: false, version: 1, stops: [] as string[] };
  expect(againWords(same, false)).toBe("Nothing has changed: the plan holds.");
  expect(againWords({ ...same, stops: ["All 8 slots are taken."] }, false)).toBe(
    "The plan is the same; 1 check now stops it: All 8 slots are taken.",
  );
  expect(againWords(same, true)).toBe("The plan is the same; no check stops it any more.");
  expect(againWords({ changed: true, version: 2, stops: ["One.", "Two."] }, false)).toBe(
    "The facts changed: plan 2 is the present one; 2 checks now stop it: One. Two.",
  );
});
