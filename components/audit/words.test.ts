import { expect, test } from "vitest";
import { fieldTime, isoTime, recordTime, whyLines } from "./words";

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

test("why is read from an event's details: the person's own words first, then those of the request", () => {
  expect(whyLines({ reason: "Too wide", asked: { reason: "Train the models", ticket: "INC-7" }, digest: "x" })).toEqual([
    ["Reason", "Too wide"],
    ["Reason of the request", "Train the models"],
    ["Ticket of the request", "INC-7"],
  ]);
  expect(whyLines({ comment: "id", text: "Why not fewer roles?" })).toEqual([["Comment", "Why not fewer roles?"]]);
  expect([null, undefined, "text", { reason: null, asked: null }].flatMap(whyLines)).toEqual([]);
});
