import { afterEach, describe, expect, test } from "vitest";
import { db, transaction } from "@/lib/db/client";
import { testDatabase } from "@/lib/db/testing";
import { moveClock } from "@/lib/kernel/clock";
import { actorFromRequest } from "./session";
import { endAll, endOne, endOverdue, listLiving } from "./session-store";
import { signedIn } from "./testing/signed-in";

testDatabase();
afterEach(() => moveClock(0));

const minutes = 60_000;
const asked = (cookie: string | null): Request => new Request("http://localhost:3000/", { headers: cookie === null ? {} : { cookie } });
const seenAt = async (id: string): Promise<number> => (await db().session.findUniqueOrThrow({ where: { id } })).seenAt.getTime();

describe("a session", () => {
  test("proves the person whose secret the cookie carries", async () => {
    const { cookie, session } = await signedIn({ name: "Dana Ito", portalRoles: ["Approver"] });
    expect(await actorFromRequest(asked(`theme=dark; ${cookie}`))).toMatchObject({
      oid: session.oid,
      name: "Dana Ito",
      portalRoles: ["Approver"],
    });
  });

  test("is not proven by its key, by another secret, or by nothing", async () => {
    const { session } = await signedIn();
    expect(await actorFromRequest(asked(`bindery=${session.id}`))).toBeNull();
    expect(await actorFromRequest(asked(`bindery=${"A".repeat(43)}`))).toBeNull();
    expect(await actorFromRequest(asked("bindery='; DROP TABLE session"))).toBeNull();
    expect(await actorFromRequest(asked(null))).toBeNull();
  });

  test("ends after an hour without use, and use keeps it alive", async () => {
    const { cookie } = await signedIn();
    moveClock(59 * minutes);
    expect(await actorFromRequest(asked(cookie))).not.toBeNull();
    moveClock(118 * minutes);
    expect(await actorFromRequest(asked(cookie))).not.toBeNull();
    moveClock(179 * minutes);
    expect(await actorFromRequest(asked(cookie))).toBeNull();
  });

  test("ends after ten hours however much it is used", async () => {
    const { cookie } = await signedIn();
    for (let at = 30; at < 600; at += 30) {
      moveClock(at * minutes);
      expect(await actorFromRequest(asked(cookie)), `after ${at} minutes`).not.toBeNull();
    }
    moveClock(601 * minutes);
    expect(await actorFromRequest(asked(cookie))).toBeNull();
  });

  test("writes its use at most once a minute", async () => {
    const { cookie, session } = await signedIn();
    moveClock(50_000);
    await actorFromRequest(asked(cookie));
    expect(await seenAt(session.id)).toBe(session.seenAt.getTime());
    moveClock(70_000);
    await actorFromRequest(asked(cookie));
    expect(await seenAt(session.id)).toBeGreaterThan(session.seenAt.getTime() + 60_000);
  });

  test("that was ended on the server is over at once, whatever the browser still holds", async () => {
    const { cookie, session } = await signedIn();
    await transaction((tx) => endOne(tx, { id: session.id, tid: session.tid }, "a test"));
    expect(await actorFromRequest(asked(cookie))).toBeNull();
  });

  test("of another person is not ended by asking for one's own", async () => {
    const { cookie, session } = await signedIn();
    expect(await transaction((tx) => endOne(tx, { id: session.id, tid: session.tid, oid: "somebody else" }, "a test"))).toBeNull();
    expect(await transaction((tx) => endOne(tx, { id: session.id, tid: "another tenant" }, "a test"))).toBeNull();
    expect(await actorFromRequest(asked(cookie))).not.toBeNull();
  });

  test("all of a person's sessions end together, nobody else's", async () => {
    const one = await signedIn();
    const two = await signedIn({ oid: one.session.oid });
    const other = await signedIn();
    expect(await transaction((tx) => endAll(tx, one.session, "a test"))).toBe(2);
    expect(await actorFromRequest(asked(two.cookie))).toBeNull();
    expect(await actorFromRequest(asked(other.cookie))).not.toBeNull();
    expect(await listLiving(one.session.tid, one.session.oid)).toEqual([]);
  });

  test("that ran out is written down as ended, with its reason", async () => {
    const { session } = await signedIn();
    moveClock(61 * minutes);
    await endOverdue();
    expect(await db().session.findUniqueOrThrow({ where: { id: session.id } })).toMatchObject({ endedBy: "idle" });
  });
});
