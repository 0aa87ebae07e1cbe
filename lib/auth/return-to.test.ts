import { expect, test } from "vitest";
import { safeReturnTo } from "./return-to";
import { testSettings } from "@/lib/db/testing";

testSettings();
process.env.DATABASE_URL ??= "postgresql://unused:unused@localhost/unused";

test("a page of ours is kept with its filters", () => {
  expect(safeReturnTo("/requests?view=mine#top")).toBe("/requests?view=mine#top");
});

test.each([
  ["nothing", undefined],
  ["another host", "https://evil.example/"],
  ["a protocol-relative address", "//evil.example"],
  ["backslashes that browsers read as slashes", "/\\evil.example"],
  ["a path that normalises to another host", "/x/..//evil.example"],
  ["a script", "javascript:alert(1)"],
  ["line breaks", "/\n/evil.example"],
  ["a tab that browsers drop", "/\t/evil.example"],
  ["a relative path", "requests"],
  ["the API", "/api/auth/sign-in"],
  ["the sign-in page itself", "/sign-in?error=state"],
  ["a very long address", `/${"a".repeat(3000)}`],
])("%s leads to the start page", (_what, wanted) => {
  expect(safeReturnTo(wanted)).toBe("/");
});
