import { expect, test, vi } from "vitest";
import { cookieText, flowCookie, readCookie, sessionCookie } from "./cookie";

let origin = new URL("https://bindery.contoso.com");
vi.mock("@/lib/kernel/settings", () => ({ settings: () => ({ origin }) }));

test("over https the cookies are bound to the host and never sent in the clear", () => {
  origin = new URL("https://bindery.contoso.com");
  expect([sessionCookie(), flowCookie()]).toEqual(["__Host-bindery", "__Host-bindery-flow"]);
  expect(cookieText(sessionCookie(), "secret", 60)).toBe("__Host-bindery=secret; Path=/; HttpOnly; SameSite=Lax; Max-Age=60; Secure");
});

test("on plain-http loopback they have other names, since browsers refuse the prefix there", () => {
  origin = new URL("http://localhost:3000");
  expect(cookieText(sessionCookie(), "secret", 60)).toBe("bindery=secret; Path=/; HttpOnly; SameSite=Lax; Max-Age=60");
});

test("a cookie is read by its whole name, and only when it is of our alphabet", () => {
  const secret = "a".repeat(43);
  expect(readCookie(`xbindery=1; bindery-flow=2; bindery=${secret}; c=3`, "bindery")).toBe(secret);
  for (const header of [null, "", "bindery", "bindery=", `bindery=${secret}"`, `bindery=${"a".repeat(500)}`, "bindery=short"]) {
    expect(readCookie(header, "bindery")).toBeNull();
  }
});
