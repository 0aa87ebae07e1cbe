import { expect, test } from "vitest";
import { shownEffect } from "./words";

const run = { state: "waiting-for-azure", effect: null, written: true };
const step = (stepId: string, state: string, attempt = 1) => ({ stepId, state, attempt });

test("a run of several steps is accepted once Azure took one of its writes, and stays so between two steps", () => {
  expect(shownEffect(run)).toBe("accepted");
  const between = {
    ...run,
    state: "running",
    steps: [step("check", "done"), step("put-extension", "done"), step("put-binding", "pending", 0)],
  };
  expect(shownEffect(between)).toBe("accepted");
});

test("what was not written, was only sent, or is over is not said to be accepted", () => {
  expect(shownEffect({ ...run, written: false })).toBeNull();
  expect(shownEffect({ ...run, state: "running", steps: [step("check", "done"), step("put-extension", "running")] })).toBeNull();
  expect(shownEffect({ ...run, state: "running", steps: [step("check", "done"), step("register", "done", 0)] })).toBeNull();
  expect(shownEffect({ ...run, state: "failed" })).toBeNull();
  expect(shownEffect({ ...run, effect: "recorded" })).toBe("recorded");
});
