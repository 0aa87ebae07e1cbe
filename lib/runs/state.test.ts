import { expect, test } from "vitest";
import { isSlow, openStates, runTransitions, statesBefore } from "./state";
import { runStates } from "./schema";

test("every run state is in the table, and leads only to states of the table", () => {
  expect(Object.keys(runTransitions).sort()).toEqual([...runStates].sort());
  for (const next of Object.values(runTransitions)) for (const state of next) expect(runStates).toContain(state);
});

test("an ended run never moves again", () => {
  expect(runTransitions.done).toEqual([]);
  expect(runTransitions.cancelled).toEqual([]);
});

test("a run that waits for a person goes on only by being queued anew", () => {
  expect(runTransitions["rights-needed"]).toEqual(["queued", "cancelled", "failed"]);
  expect(runTransitions["sign-in-needed"]).toEqual(["queued", "cancelled", "failed"]);
});

test("from every open state a run can be cancelled", () => {
  for (const state of openStates) expect(statesBefore("cancelled")).toContain(state);
});

test("a moving run is slow only after the worst expected time", () => {
  const slowAt = new Date("2026-11-24T12:01:00Z");
  expect(isSlow("running", slowAt, new Date("2026-11-24T12:00:59Z"))).toBe(false);
  expect(isSlow("running", slowAt, new Date("2026-11-24T12:01:01Z"))).toBe(true);
  expect(isSlow("done", slowAt, new Date("2026-11-24T13:00:00Z"))).toBe(false);
});
