import { expect, test } from "vitest";
import { before, cursorOf, pageOf, readCursor } from "./keyset";

const at = new Date("2026-11-24T12:00:00.123Z");

test("a cursor reads back as it was written", () => {
  expect(readCursor(cursorOf(at, "id-1"))).toEqual({ at, id: "id-1" });
});

test.each(["", "xx", "W10", Buffer.from('["yesterday","x"]').toString("base64url"), Buffer.from("[1,2]").toString("base64url")])(
  "anything else (%j) is refused by name",
  (text) => {
    expect(() => readCursor(text)).toThrow(expect.objectContaining({ code: "invalid_input" }));
  },
);

test("the condition is the bounded form", () => {
  expect(before("createdAt", { at, id: "x" })).toEqual({ createdAt: { lte: at }, OR: [{ createdAt: { lt: at } }, { id: { lt: "x" } }] });
  expect(before("createdAt", null)).toEqual({});
});

test("the row too many becomes the next cursor and is not shown", () => {
  const rows = [1, 2, 3].map((n) => ({ id: `id-${n}`, at }));
  const page = pageOf(rows, 2, (row) => row.at);
  expect(page.rows.map((row) => row.id)).toEqual(["id-1", "id-2"]);
  expect(readCursor(page.nextCursor ?? undefined)).toEqual({ at, id: "id-2" });
  expect(pageOf(rows, 3, (row) => row.at).nextCursor).toBeNull();
});
