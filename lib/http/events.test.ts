import { afterEach, describe, expect, test, vi } from "vitest";
import type { Actor } from "@/lib/auth/actor";
import { endOne } from "@/lib/auth/session-store";
import { signedIn } from "@/lib/auth/testing/signed-in";
import { transaction } from "@/lib/db/client";
import { type Change, notifyChange } from "@/lib/db/notify";
import { testDatabase } from "@/lib/db/testing";
import { isBinderyError } from "@/lib/kernel/errors";
import { closeStreamsOf, openStream } from "./events";
import { streams } from "./streams";

testDatabase();
afterEach(() => {
  vi.useRealTimers();
  for (const stream of streams()) stream.close();
});

/** Opens a stream and reads it as text until a pattern shows, or it ends. */
async function listen(actor: Actor): Promise<{ until(pattern: RegExp): Promise<string>; ended(): Promise<boolean>; leave(): void }> {
  const gone = new AbortController();
  const reader = (await openStream(actor, gone.signal)).body?.getReader();
  const decoder = new TextDecoder();
  let text = "";
  const more = async (): Promise<boolean> => {
    const part = await reader?.read();
    if (part?.value !== undefined) text += decoder.decode(part.value);
    return part?.done === false;
  };
  return {
    async until(pattern) {
      while (!pattern.test(text)) if (!(await more())) throw new Error(`The stream ended before ${String(pattern)}: ${text}`);
      return text;
    },
    async ended() {
      while (await more());
      return true;
    },
    leave: () => gone.abort(),
  };
}

const tell = (actor: Actor, change: Partial<Change>): Promise<void> =>
  transaction((tx) => notifyChange(tx, { type: "setting", id: "writes-paused", tid: actor.tid, ...change }));

describe("live events", () => {
  test("tell a person that something changed, and nothing of what", async () => {
    const { actor } = await signedIn({ portalRoles: ["Auditor"] });
    const stream = await listen(actor);
    await stream.until(/retry: \d+/);
    await tell(actor, { type: "run", id: "0190a5a0-0000-7000-8000-000000000000", clusterKey: "/subscriptions/s/secret" });
    const text = await stream.until(/event: changed\ndata: .*\n\n/);
    expect(text).toContain('data: {"type":"run","id":"0190a5a0-0000-7000-8000-000000000000"}');
    expect(text).not.toContain("secret");
  });

  test("of another tenant, or of a resource outside the person's scope, are not told", async () => {
    const { actor } = await signedIn({ portalRoles: ["Auditor"] });
    const stream = await listen(actor);
    await tell(actor, { id: "foreign", tid: "another tenant" });
    await tell(actor, { id: "ours" });
    expect(await stream.until(/"id":"ours"/)).not.toContain("foreign");
  });

  test("end with the request", async () => {
    const { actor } = await signedIn();
    const stream = await listen(actor);
    expect(streams().size).toBe(1);
    stream.leave();
    expect(streams().size).toBe(0);
  });

  test("end at once where the session was ended, and elsewhere at the next heartbeat", async () => {
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
    const [here, elsewhere] = [await signedIn(), await signedIn()];
    const [near, far] = [await listen(here.actor), await listen(elsewhere.actor)];
    closeStreamsOf(here.session.id);
    expect(await near.ended()).toBe(true);
    await transaction((tx) => endOne(tx, { id: elsewhere.session.id, tid: elsewhere.session.tid }, "a test"));
    vi.advanceTimersByTime(15_000);
    expect(await far.ended()).toBe(true);
  });

  test("show a living stream's heartbeat", async () => {
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
    const stream = await listen((await signedIn()).actor);
    vi.advanceTimersByTime(15_000);
    expect(await stream.until(/: still here/)).not.toContain("changed");
  });

  test("are limited for one person, not for the next", async () => {
    const [one, two] = [await signedIn(), await signedIn()];
    for (let held = 0; held < 12; held++) await listen(one.actor);
    await expect(listen(one.actor)).rejects.toSatisfy((error) => isBinderyError(error, "rate_limited"));
    await (await listen(two.actor)).until(/retry/);
  });
});
