import { expect, test } from "vitest";
import { absolute, hourMinuteSecond, relative, span } from "./time-words";

const now = Date.parse("2026-11-24T12:00:00Z");
const at = (iso: string): string => relative(Date.parse(iso), now);

test("a time is told in the largest unit that fits, both ways", () => {
  expect([at("2026-11-24T11:59:55Z"), at("2026-11-24T11:59:15Z"), at("2026-11-24T11:58:59Z"), at("2026-11-22T11:00:00Z")]).toEqual([
    "just now",
    "45 seconds ago",
    "1 minute ago",
    "2 days ago",
  ]);
  expect(at("2026-11-24T14:30:00Z")).toBe("in 2 hours");
});

test("absolute times are in UTC whatever the machine's time zone, and midnight is 00", () => {
  expect(absolute("2026-11-24T00:05:00+00:00")).toBe("24 Nov 2026, 00:05 UTC");
  expect(hourMinuteSecond("2026-11-24T01:02:03+01:00")).toBe("00:02:03");
});

test("a span has at most two units and drops a zero", () => {
  expect([span(9.6), span(60), span(190), span(7500), span(90_000), span(-3)]).toEqual([
    "10 s",
    "1 min",
    "3 min 10 s",
    "2 h 5 min",
    "1 d 1 h",
    "0 s",
  ]);
});
