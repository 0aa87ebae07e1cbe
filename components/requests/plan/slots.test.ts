import { expect, test } from "vitest";
import { slotsAfter, slotsChanged, slotsWanted } from "./slots";

const held = { name: "ml", sourceResourceId: "/subscriptions/s/ws", roles: ["a/b"] };
const plan = (slotsUsed: number | null, before: typeof held | null, after: typeof held | null) =>
  ({ before, after, target: { slotsUsed, slotLimit: 8 } }) as Parameters<typeof slotsAfter>[0];

test("a grant takes a slot, a change none, a revocation gives one back, and what is not readable stays so", () => {
  expect(slotsAfter(plan(3, null, held))).toBe(4);
  expect(slotsAfter(plan(3, held, held))).toBe(3);
  expect(slotsAfter(plan(3, held, null))).toBe(2);
  expect(slotsAfter(plan(null, null, held))).toBeNull();
});

test("nothing is said while the slots are those of the plan, or cannot be read", () => {
  expect(slotsChanged(plan(3, null, held), 3)).toBeNull();
  expect(slotsChanged(plan(3, null, held), null)).toBeNull();
});

test("another count is said, and that it stops a grant but no change and no revocation where none is free", () => {
  expect(slotsChanged(plan(3, null, held), 5)).toEqual({ words: "Now 5 of 8 slots are in use.", stops: false });
  expect(slotsChanged(plan(null, null, held), 5)).toMatchObject({ stops: false });
  expect(slotsChanged(plan(7, null, held), 8)).toMatchObject({ stops: true });
  expect(slotsChanged(plan(7, held, held), 8)).toMatchObject({ stops: false });
  expect(slotsChanged(plan(7, held, null), 8)).toMatchObject({ stops: false });
});

test("other requests that wait are told of where they want more slots than are free", () => {
  expect(slotsWanted(plan(7, null, held), null, 1)).toBe("Another open request asks for a slot here too, and one is free.");
  expect(slotsWanted(plan(3, null, held), 6, 2)).toBe("2 other open requests ask for a slot here too, and 2 are free.");
  expect(slotsWanted(plan(6, null, held), null, 1)).toBeNull();
  expect(slotsWanted(plan(7, held, held), null, 1)).toBeNull();
  expect(slotsWanted(plan(null, null, held), null, 1)).toBeNull();
});
