import { beforeEach, describe, expect, test } from "vitest";
import { person } from "@/lib/audit/testing";
import { verifyStored } from "@/lib/audit/verify-stored";
import { testDatabase } from "@/lib/db/testing";
import { knownTags } from "../authorize/known-tags";
import { currentTags } from "./current";
import { readSnapshots } from "./read-snapshots";
import { setStanding } from "./set-standing";
import { bring, forgetTags, ranges, trail, weekly } from "./testing";

testDatabase();
const ada = person("Ada", ["Administrator"]);
const tag = "AzureMachineLearning.EastUS";
const currentId = async () => (await currentTags())?.snapshotId;
const withdraw = (id: string, reason = "Not Microsoft's.") => setStanding(ada, { id }, { withdrawn: true, reason });
const restore = (id: string) => setStanding(ada, { id }, { withdrawn: false, reason: "It is right after all." });

let begun = 0;
beforeEach(async () => {
  await forgetTags();
  begun = (await trail()).length;
});

/** A true list, and a wrong one with a change number that no true one reaches for years. */
async function imported() {
  const right = await bring(weekly(400, { [tag]: ranges(20) }));
  const wrong = await bring(weekly(1_399, { [tag]: ranges(4, 99) }));
  return { right: right.snapshotId, wrong: wrong.snapshotId };
}

describe("a wrong snapshot", () => {
  test("is withdrawn: the one before is in use again, its warnings end, and later publications take its place", async () => {
    const { right, wrong } = await imported();
    expect(await currentId()).toBe(wrong);
    expect((await currentTags())?.warnings).toMatchObject([{ tag, what: "shrank" }]);
    expect(await withdraw(wrong)).toEqual({ currentId: right });
    expect(await currentTags()).toMatchObject({ snapshotId: right, warnings: [] });
    const known = await knownTags();
    expect(known.state === "ok" && [known.value.isWithdrawn(wrong), known.value.isWithdrawn(right)]).toEqual([true, false]);
    const { items } = await readSnapshots(ada, { cursor: undefined, limit: 10 });
    expect(items.find(({ id }) => id === wrong)).toMatchObject({
      isCurrent: false,
      withdrawn: { by: "Ada", because: "Not Microsoft's.", at: expect.any(String) },
    });
    const next = await bring(weekly(401, { [tag]: ranges(21) }));
    expect(next).toMatchObject({ isCurrent: true, warnings: 0 });
    expect((await trail()).slice(begun)).toContain("service-tags-withdrawn ok by Ada");
    expect((await verifyStored()).ok).toBe(true);
  });

  test("does not come back by another import, which says who withdrew it and why", async () => {
    const { wrong } = await imported();
    await withdraw(wrong);
    await expect(bring(weekly(1_400, { [tag]: ranges(4, 99) }))).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringMatching(/^Ada withdrew exactly these service tags on .*: Not Microsoft's\.$/),
    });
  });

  test("with a change number that is far ahead of all others is not taken at all", async () => {
    await bring(weekly(400, { [tag]: ranges(20) }));
    await expect(bring(weekly(1_401, { [tag]: ranges(4, 99) }))).rejects.toMatchObject({
      code: "invalid_input",
      message: "The document's changeNumber is 1401, and the newest known is 400.",
    });
    expect(await bring(weekly(1_400, { [tag]: ranges(21) }))).toMatchObject({ isCurrent: true });
  });

  test("counts again once somebody lets it, with its losses against what was in use", async () => {
    const { right, wrong } = await imported();
    await withdraw(wrong);
    expect(await restore(wrong)).toEqual({ currentId: wrong });
    expect((await currentTags())?.warnings).toMatchObject([{ tag, what: "shrank" }]);
    expect(await withdraw(right)).toEqual({ currentId: wrong });
  });

  test("that was the only one leaves none in use", async () => {
    const { snapshotId } = await bring(weekly(1, { [tag]: ranges(3) }));
    expect(await withdraw(snapshotId)).toEqual({ currentId: null });
    expect(await knownTags()).toEqual({ state: "absent" });
  });

  test("is withdrawn once, by an administrator, where it exists", async () => {
    const { wrong } = await imported();
    const marcus = person("Marcus", ["Auditor", "Approver"]);
    await expect(setStanding(marcus, { id: wrong }, { withdrawn: true, reason: "No." })).rejects.toMatchObject({ code: "forbidden" });
    await withdraw(wrong);
    await expect(withdraw(wrong)).rejects.toMatchObject({ code: "conflict" });
    await expect(withdraw("0190a5a0-0000-7000-8000-000000000000")).rejects.toMatchObject({ code: "not_found" });
  });
});
