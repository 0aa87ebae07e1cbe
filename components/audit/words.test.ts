import { expect, test } from "vitest";
import { fieldTime, isoTime, recordTime } from "./words";

test("a time goes through the field and back as UTC, whatever the zone of the browser", () => {
  expect(isoTime(fieldTime("2026-11-24T09:53:00.000Z"))).toBe("2026-11-24T09:53:00.000Z");
  expect(fieldTime("2026-11-24T10:53:00+01:00")).toBe("2026-11-24T09:53");
});

test("an empty field or an address that is no time means no limit", () => {
  expect(isoTime("")).toBeUndefined();
  expect(fieldTime("yesterday")).toBe("");
  expect(fieldTime(undefined)).toBe("");
});

test("a record shows seconds in UTC", () => {
  expect(recordTime("2026-11-24T10:53:27.123+01:00")).toBe("2026-11-24 09:53:27");
});
