import fc from "fast-check";
import { expect, test } from "vitest";
import { idPage } from "./id-page";
import { idKey } from "./resource-id";

test("pages one after the other give every item once, in order, whatever the page size", () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.stringMatching(/^[a-z0-9A-Z-]{1,8}$/), { selector: (name) => name.toLowerCase(), maxLength: 30 }),
      fc.integer({ min: 1, max: 10 }),
      (names, limit) => {
        const sorted = names.map((name) => `/subscriptions/${name}`).sort((a, b) => (idKey(a) < idKey(b) ? -1 : 1));
        const seen: string[] = [];
        let cursor: string | undefined;
        do {
          const page = idPage(sorted, { cursor, limit }, (id) => id);
          expect(page.items.length).toBeLessThanOrEqual(limit);
          seen.push(...page.items);
          cursor = page.nextCursor ?? undefined;
        } while (cursor !== undefined);
        expect(seen).toEqual(sorted);
      },
    ),
  );
});

test("a cursor that nobody gave out is refused by name", () => {
  for (const cursor of ["x", "", Buffer.from("/other").toString("base64url")]) {
    expect(() => idPage([], { cursor, limit: 1 }, (id) => id)).toThrow(/page link is not valid/);
  }
});
