import { describe, expect, test } from "vitest";
import { foreignOrigin } from "./origin";

const ours = new URL("https://bindery.contoso.com");
const asked = (method: string, headers: Record<string, string>): string | null =>
  foreignOrigin(new Request("https://bindery.contoso.com/api/v1/requests", { method, headers }), ours);

describe("a request that changes something", () => {
  for (const method of ["POST", "PUT", "PATCH", "DELETE"]) {
    test(`${method} is let in from our own page only`, () => {
      expect(asked(method, { origin: "https://bindery.contoso.com", "sec-fetch-site": "same-origin" })).toBeNull();
      expect(asked(method, { origin: "https://bindery.contoso.com" })).toBeNull();
      expect(asked(method, { "sec-fetch-site": "same-origin" })).toBeNull();
    });
    test.each([
      ["another site", { origin: "https://evil.example", "sec-fetch-site": "cross-site" }],
      ["another site that hides its kind", { origin: "https://evil.example" }],
      ["a neighbour of the same site", { origin: "https://wiki.contoso.com", "sec-fetch-site": "same-site" }],
      ["the same host over http", { origin: "http://bindery.contoso.com" }],
      ["another port", { origin: "https://bindery.contoso.com:8443" }],
      ["a sandboxed frame", { origin: "null", "sec-fetch-site": "cross-site" }],
      ["a page that names us but is called cross-site", { origin: "https://bindery.contoso.com", "sec-fetch-site": "cross-site" }],
      ["a typed address", { "sec-fetch-site": "none" }],
      ["nowhere", {}],
    ])(`${method} from %s is refused`, (_where, headers) => {
      expect(asked(method, headers as Record<string, string>)).toMatch(/./);
    });
  }
});

test("reading is not held against an origin: it changes nothing and the answer stays unreadable to others", () => {
  expect(asked("GET", { origin: "https://evil.example", "sec-fetch-site": "cross-site" })).toBeNull();
  expect(asked("HEAD", {})).toBeNull();
});
