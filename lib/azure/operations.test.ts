import { generateKeyPairSync } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { resetBudget } from "./budget";
import { pollOperation } from "./operations";
import { startTestCloud, testCaller } from "./testing";

let testCloud: Awaited<ReturnType<typeof startTestCloud>>;
let address: string;
beforeAll(async () => {
  testCloud = await startTestCloud();
  address = `${testCloud.arm.origin}/subscriptions/s/providers/Microsoft.ContainerService/locations/eastus/operations/op?api-version=2025-03-01&t=1&s=a%2Bb%2Fc`;
});
afterAll(() => testCloud.close());
beforeEach(resetBudget);

test("the signed address is used exactly as ARM wrote it, and its query is never noted", async () => {
  testCloud.arm.answer(() => ({
    headers: { "retry-after": "12" },
    body: { name: "op", status: "InProgress", startTime: "2025-11-07T09:05:21Z" },
  }));
  const caller = testCaller();
  expect(await pollOperation(caller, address)).toEqual({
    status: "running",
    azureStatus: "InProgress",
    error: null,
    retryAfterSeconds: 12,
    body: '{"name":"op","status":"InProgress","startTime":"2025-11-07T09:05:21Z"}',
  });
  expect(testCloud.arm.received[0]?.query.get("s")).toBe("a+b/c");
  expect(caller.notes).toMatchObject([{ path: new URL(address).pathname, apiVersion: "2025-03-01", status: 200 }]);
  expect(JSON.stringify(caller.notes)).not.toContain("a%2Bb");
});

test("success, failure and cancellation are told apart, and a failure keeps Azure's details", async () => {
  testCloud.arm.answer(() => ({ body: { status: "Succeeded" } }));
  expect(await pollOperation(testCaller(), address)).toMatchObject({ status: "succeeded", error: null });
  testCloud.arm.answer(() => ({
    body: {
      status: "Failed",
      error: { code: "ReconcileFailed", message: "The add-on did not come up.", details: [{ code: "X", message: "helm chart failed" }] },
    },
  }));
  expect(await pollOperation(testCaller(), address)).toMatchObject({
    status: "failed",
    error: { code: "ReconcileFailed", message: "The add-on did not come up. helm chart failed" },
  });
  testCloud.arm.answer(() => ({ body: { status: "Canceled" } }));
  expect(await pollOperation(testCaller(), address)).toMatchObject({
    status: "canceled",
    error: { code: "Canceled", message: "Azure ended the operation as Canceled and gave no reason." },
  });
});

test("an address that ARM no longer knows is gone, so that the resource itself is read", async () => {
  testCloud.arm.answer(() => ({ status: 404, body: { error: { code: "OperationNotFound", message: "x" } } }));
  expect(await pollOperation(testCaller(), address)).toMatchObject({ status: "gone" });
});

test("a Location address speaks by its HTTP status alone", async () => {
  testCloud.arm.answer(() => ({ status: 202 }));
  expect(await pollOperation(testCaller(), address)).toMatchObject({ status: "running" });
  testCloud.arm.answer(() => ({ status: 204 }));
  expect(await pollOperation(testCaller(), address)).toMatchObject({ status: "succeeded" });
});

test("no answer to a poll is an error, never an outcome", async () => {
  testCloud.arm.answer(() => ({ status: 503 }));
  await expect(pollOperation(testCaller(), address)).rejects.toMatchObject({ code: "azure_unavailable" });
  testCloud.arm.answer(() => ({ reset: true }));
  await expect(pollOperation(testCaller(), address)).rejects.toMatchObject({ code: "azure_unavailable" });
  testCloud.arm.answer(() => ({ delayMs: 5000, body: { status: "Succeeded" } }));
  await expect(pollOperation(testCaller({ signal: AbortSignal.timeout(50) }), address)).rejects.toMatchObject({
    code: "azure_unavailable",
    message: "The call to Azure was stopped before Azure answered.",
  });
});

test("a claims challenge to a poll is answered with a token for those claims", async () => {
  const claims = '{"access_token":{"acrs":{"essential":true,"value":"c1"}}}';
  const challenge = `Bearer realm="", error="insufficient_claims", claims="${Buffer.from(claims).toString("base64")}"`;
  let calls = 0;
  testCloud.arm.answer(() =>
    ++calls === 1 ? { status: 401, headers: { "www-authenticate": challenge } } : { body: { status: "Succeeded" } },
  );
  const caller = testCaller();
  expect(await pollOperation(caller, address)).toMatchObject({ status: "succeeded" });
  expect(caller.claims).toEqual([undefined, claims]);
  expect(caller.notes.map(({ status }) => status)).toEqual([401, 200]);
});

test("what a failed operation repeats of a private key, or no database takes, is in neither its words nor its text; words without end are cut", async () => {
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: "prime256v1" });
  const pem = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  const encoded = Buffer.from(pem).toString("base64");
  testCloud.arm.answer(() => ({ body: { status: "Failed", error: { code: "X", message: `no ${encoded} and ${pem} a\0b` } } }));
  const state = await pollOperation(testCaller(), address);
  expect(state.error?.message).toBe("no (private key) and (private key)\n a\ufffdb");
  expect(JSON.stringify(state)).not.toContain(encoded.slice(40, 80));
  testCloud.arm.answer(() => ({ body: { status: "Failed", error: { code: "X".repeat(5000), message: "m".repeat(1_000_000) } } }));
  const { error } = await pollOperation(testCaller(), address);
  expect([error?.code.length, error?.message.length].every((length) => (length ?? 0) < 20_010)).toBe(true);
});
