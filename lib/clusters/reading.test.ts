import { beforeEach, describe, expect, test, vi } from "vitest";
import { readEventText } from "@/lib/audit/event";
import type { Actor } from "@/lib/auth/actor";
import { testCluster } from "@/lib/azure/testing";
import { db } from "@/lib/db/client";
import { testDatabase } from "@/lib/db/testing";
import { moveClock } from "@/lib/kernel/clock";
import { BinderyError } from "@/lib/kernel/errors";
import { readPods } from "./pods";
import { readReading } from "./reading";
import { startReading } from "./start-reading";
import { clusterIdNamed, testActor, testSubscription } from "./testing";

const azure = vi.hoisted(() => ({ getCluster: vi.fn(), startReadCommand: vi.fn(), readCommandResult: vi.fn() }));
vi.mock("@/lib/auth/caller", async () => ({ callerFor: (await import("./testing")).testCallerFor }));
vi.mock("@/lib/azure/clusters", async (actual) => ({ ...(await actual<object>()), getCluster: azure.getCluster }));
vi.mock("@/lib/azure/run-command", () => azure);

testDatabase();
const address = { subscription: testSubscription, group: "rg-ml", name: "aks" };
const cluster = testCluster({ id: clusterIdNamed("aks"), name: "aks", isPrivate: true, publicFqdnDisabled: true });
const resultUrl = "https://management.example/commandResults/one?t=signed";
const pod = {
  metadata: { name: "p", namespace: "n" },
  spec: { containers: [{}] },
  status: { phase: "Running", containerStatuses: [{ ready: true }] },
};
const logs = `=== allPods\n${JSON.stringify({ items: [pod] })}\n=== end\n`;

let begun = 0n;
beforeEach(async () => {
  vi.resetAllMocks();
  moveClock(0);
  await db().clusterReading.deleteMany();
  begun = (await db().auditHead.findUniqueOrThrow({ where: { id: 1 } })).sequence;
  azure.getCluster.mockResolvedValue({ state: "ok", value: cluster, at: "" });
  azure.startReadCommand.mockResolvedValue({ resultUrl });
  azure.readCommandResult.mockResolvedValue({ state: "running", retryAfterSeconds: null });
});
async function events() {
  const rows = await db().auditEvent.findMany({ where: { sequence: { gt: begun } }, orderBy: { sequence: "asc" } });
  return rows.map((row) => readEventText(row.event));
}
const start = (actor: Actor) => startReading(actor, address, { what: "pods" }, "c-1");
const look = (actor: Actor, id: string) => readReading(actor, { ...address, id });
const pods = (actor: Actor) => readPods(actor, address, { via: "run-command", limit: 50 });

describe("a reading by a command", () => {
  test("puts on record who ran which command on which cluster, before and after its start", async () => {
    const actor = testActor(["Requester"]);
    const reading = await start(actor);
    expect(reading).toMatchObject({ what: "pods", state: "running" });
    const command = 'echo "=== allPods"; kubectl get pods -A -o json; echo "=== end"';
    const about = {
      action: "cluster-read-by-command",
      actor: { oid: actor.oid },
      subject: { type: "cluster", id: cluster.id },
      correlationId: "c-1",
    };
    expect(await events()).toMatchObject([
      { ...about, outcome: "intent", detail: { what: "pods", commands: [command] } },
      { ...about, outcome: "ok", detail: { what: "pods", commands: [command] } },
    ]);
  });

  test("never gives the address of its result away: not in an answer, not in its row, not on record", async () => {
    const actor = testActor(["Approver"]);
    const reading = await start(actor);
    const kept = [reading, await look(actor, reading.id), await pods(actor), await db().clusterReading.findMany(), await events()];
    expect(JSON.stringify(kept)).not.toContain("commandResults");
  });

  test("is given again for a minute and not started twice, even at the same moment", async () => {
    const actor = testActor(["Requester"]);
    const [one, two] = await Promise.all([start(actor), start(actor)]);
    expect(one.id).toBe(two.id);
    expect((await start(actor)).id).toBe(one.id);
    expect(azure.startReadCommand).toHaveBeenCalledTimes(1);
    moveClock(61_000);
    expect((await start(actor)).id).not.toBe(one.id);
  });

  test("shows what it read once it has ended, for five minutes", async () => {
    const actor = testActor(["Requester"]);
    const { id } = await start(actor);
    expect(await pods(actor)).toMatchObject({ way: { reading: { id, state: "running" } }, pods: null });
    azure.readCommandResult.mockResolvedValue({ state: "ended", exitCode: 0, logs, finishedAt: "2026-11-24T12:00:00Z" });
    await vi.waitFor(async () => expect(await look(actor, id)).toMatchObject({ state: "ended" }), { timeout: 5000, interval: 200 });
    expect(await pods(actor)).toMatchObject({
      way: { reading: { id, state: "ended" } },
      pods: { state: "ok", at: "2026-11-24T12:00:00Z", value: { items: [{ name: "p", namespace: "n", well: true }], total: 1 } },
    });
    moveClock(5 * 60_000 + 1);
    expect(await pods(actor)).toMatchObject({ way: { reading: null }, pods: null });
    await expect(look(actor, id)).rejects.toMatchObject({ code: "not_found" });
  });

  test("says that its output was cut, and that its pod did not start", async () => {
    const [one, two] = [testActor(["Requester"]), testActor(["Requester"])];
    await start(one);
    azure.readCommandResult.mockResolvedValue({ state: "ended", exitCode: 0, logs: logs.slice(0, 40), finishedAt: null });
    expect((await pods(one)).pods).toMatchObject({ state: "unavailable", message: expect.stringContaining("512 kB") });
    await start(two);
    azure.readCommandResult.mockResolvedValue({ state: "not-started", reason: "ImagePullBackoff" });
    expect((await pods(two)).pods).toMatchObject({ state: "unavailable", message: expect.stringContaining("ImagePullBackoff") });
  });

  test("is its own person's alone: to others it is absent", async () => {
    const { id } = await start(testActor(["Requester"]));
    const other = testActor(["Approver"]);
    await expect(look(other, id)).rejects.toMatchObject({ code: "not_found" });
    expect((await pods(other)).way.reading).toBeNull();
  });

  test("is refused to an Auditor and to a person without a portal role, and starts nothing", async () => {
    for (const roles of [["Auditor"], []]) await expect(start(testActor(roles))).rejects.toMatchObject({ code: "forbidden" });
    expect(azure.startReadCommand).not.toHaveBeenCalled();
    expect(await events()).toEqual([]);
  });

  test("of a cluster that Azure does not show is that of an absent one", async () => {
    azure.getCluster.mockResolvedValueOnce({ state: "no-permission", message: "No." });
    const hidden = await start(testActor(["Requester"])).catch((error: unknown) => error);
    azure.getCluster.mockResolvedValueOnce({ state: "absent" });
    const absent = await start(testActor(["Requester"])).catch((error: unknown) => error);
    expect(hidden).toEqual(absent);
    expect(hidden).toMatchObject({ code: "not_found" });
    expect(azure.startReadCommand).not.toHaveBeenCalled();
  });

  test("is refused in words where no command can run", async () => {
    azure.getCluster.mockResolvedValue({ state: "ok", value: { ...cluster, runCommand: "off" }, at: "" });
    await expect(start(testActor(["Requester"]))).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringContaining("switched off"),
    });
  });

  test("that Azure refuses to start leaves nothing behind but the record of it", async () => {
    azure.startReadCommand.mockRejectedValue(new BinderyError("rights_needed", "No right to run commands."));
    await expect(start(testActor(["Requester"]))).rejects.toMatchObject({ code: "rights_needed" });
    expect(await db().clusterReading.count()).toBe(0);
    expect(await events()).toMatchObject([{ outcome: "intent" }, { outcome: "refused", summary: expect.stringContaining("No right") }]);
  });
});
