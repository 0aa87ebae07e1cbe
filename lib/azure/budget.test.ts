import { inspect } from "node:util";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { resetBudget, retryAfterMs } from "./budget";
import { callArm, getJson } from "./pipeline";
import { startTestCloud, testCaller } from "./testing";

let testCloud: Awaited<ReturnType<typeof startTestCloud>>;
beforeAll(async () => {
  testCloud = await startTestCloud();
});
afterAll(() => testCloud.close());
beforeEach(resetBudget);

const path =
  "/subscriptions/7b1f0c2e-1111-4222-8333-944445555666/providers/Microsoft.ContainerService/managedClusters?api-version=2025-10-01";
const read = (deadlineMs: number, caller = testCaller()) => callArm(caller, (arm) => getJson(arm, path), deadlineMs);

test("a read waits as long as Azure's 429 says and then goes on", async () => {
  let calls = 0;
  testCloud.arm.answer(() => (++calls === 1 ? { status: 429, headers: { "retry-after": "1" } } : { body: { value: [] } }));
  const startedAt = Date.now();
  expect(await read(5000)).toEqual({ value: [] });
  expect(Date.now() - startedAt).toBeGreaterThanOrEqual(950);
  expect(calls).toBe(2);
});

test("a wait that would pass the deadline is told in its place, with the seconds to wait", async () => {
  testCloud.arm.answer(() => ({ status: 429, headers: { "retry-after": "300" } }));
  // Waiting to the deadline would end as azure_unavailable.
  await expect(read(2000)).rejects.toMatchObject({ code: "throttled", facts: { retryAfterSeconds: 300 } });
  await expect(read(2000)).rejects.toMatchObject({ code: "throttled" });
  expect(testCloud.arm.received).toHaveLength(1);
});

test("one person's spent budget is not another's", async () => {
  testCloud.arm.answer(({ headers }) =>
    headers["x-ms-correlation-request-id"] === "spent" ? { status: 429, headers: { "retry-after": "300" } } : { body: { value: [] } },
  );
  await expect(read(2000, testCaller({ correlationId: "spent" }))).rejects.toMatchObject({ code: "throttled" });
  expect(await read(2000, testCaller({ oid: "55555555-5555-4555-8555-555555555555" }))).toEqual({ value: [] });
});

test("what Azure says is left slows the next calls down before Azure refuses them", async () => {
  const askedAt: number[] = [];
  testCloud.arm.answer(() => {
    askedAt.push(Date.now());
    return { headers: { "x-ms-ratelimit-remaining-subscription-reads": "0" }, body: { value: [] } };
  });
  await read(2000);
  await read(2000);
  const [first = 0, second = 0] = askedAt;
  // 25 reads flow back in a second: the next one comes 40 ms later, less what a timer may be early.
  expect(second - first).toBeGreaterThanOrEqual(38);
  expect(askedAt).toHaveLength(2);
});

test("Retry-After is read as seconds or as a date", () => {
  expect(retryAfterMs("7")).toBe(7000);
  expect(retryAfterMs("Thu, 01 Jan 1970 00:00:10 GMT", 4000)).toBe(6000);
  expect(retryAfterMs("Thu, 01 Jan 1970 00:00:10 GMT", 20_000)).toBe(0);
  expect(retryAfterMs("soon")).toBeNull();
  expect(retryAfterMs(undefined)).toBeNull();
});

test("a call that Azure does not answer ends at its deadline, and nothing of the token is in the error", async () => {
  testCloud.arm.answer(() => ({ delayMs: 5000, body: { value: [] } }));
  const failure = await read(300).catch((error: unknown) => error);
  expect(failure).toMatchObject({ code: "azure_unavailable", message: "Azure did not answer within 0.3 s." });
  const slow = testCaller({ getToken: () => new Promise(() => undefined) });
  await expect(read(100, slow)).rejects.toMatchObject({ code: "azure_unavailable" });
  expect(inspect(failure, { depth: 20 })).not.toContain("a-secret-token");
});
