import fc from "fast-check";
import { expect, test } from "vitest";
import { matchesPattern } from "./pattern";

test("Azure's own patterns match its actions", () => {
  const write = "Microsoft.ContainerService/managedClusters/trustedAccessRoleBindings/write";
  for (const pattern of ["*", "*/write", "microsoft.containerservice/*", "Microsoft.ContainerService/*/WRITE", write])
    expect(matchesPattern(pattern, write)).toBe(true);
  for (const pattern of ["", "*/read", "Microsoft.ContainerService/managedClusters/write", "Microsoft.ContainerService", "?*"])
    expect(matchesPattern(pattern, write)).toBe(false);
});

test("a star takes any text, line ends too, and nothing else is special", () => {
  expect(matchesPattern("a*c", "a\nb.c")).toBe(true);
  expect(matchesPattern("a.c", "abc")).toBe(false);
  expect(matchesPattern("**", "")).toBe(true);
});

test("it agrees with the regular expression of the pattern", () => {
  const letters = fc.string({ unit: fc.constantFrom("a", "b", "*"), maxLength: 8 });
  fc.assert(
    fc.property(letters, fc.string({ unit: fc.constantFrom("a", "b"), maxLength: 8 }), (pattern, text) => {
      expect(matchesPattern(pattern, text)).toBe(new RegExp(`^${pattern.replaceAll("*", ".*")}$`).test(text));
    }),
    { numRuns: 500 },
  );
});

test("a pattern of many stars answers, where one that tries every way would not in a lifetime", () => {
  expect(matchesPattern(`${"*a".repeat(100)}b`, "a".repeat(2000))).toBe(false);
});
