import { rmSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { startStack } from "../scripts/stack.mjs";
import { PortalClient } from "./http/portal-client";

/**
 * Twenty runs while the web process, the workers and the local Azure's clients are killed with -9 at random moments. Afterwards nothing may
 * be lost (every run ends), doubled (one accepted write each) or unaudited (an intent and an outcome for each write, and an unbroken chain).
 */
const runs = 20;
const dataDir = join(process.cwd(), ".data", "kill-test");

type Stack = { origin: string; controlUrl: string; pids(): Record<string, number | undefined>; stop(): Promise<void> };
type Cluster = {
  id: string;
  name: string;
  subscriptionId: string;
  location: string;
  powerState: string | null;
  provisioningState: string;
  production: boolean;
};
type Source = { id: string; name: string; subscriptionId: string; identity: { type: string } };
type Run = { id: string; number: number; state: string; effect: string | null; sentence: string };

let stack: Stack;

test.beforeAll(async () => {
  test.setTimeout(180_000);
  rmSync(dataDir, { recursive: true, force: true });
  stack = (await startStack({ dataDir, port: 0, speed: 600, control: true, workers: 2, scale: 30 })) as unknown as Stack;
});

test.afterAll(async () => {
  await stack?.stop();
});

test("twenty runs survive kill -9 of web and workers: nothing lost, doubled or unaudited", async () => {
  test.setTimeout(240_000);
  const requester = new PortalClient(stack.origin);
  const approver = new PortalClient(stack.origin);
  await requester.signIn("Ines Duarte");
  await approver.signIn("Priya Raghunathan");
  const wanted = await pairs(requester);
  expect(wanted.length).toBeGreaterThanOrEqual(runs);

  const killer = startKilling();
  const approved: { id: string; name: string; clusterId: string; sourceResourceId: string }[] = [];
  try {
    for (const [index, pair] of wanted.slice(0, runs).entries()) {
      const name = `kill-${String(index).padStart(2, "0")}`;
      const id = await stubborn(() => submit(requester, { ...pair, name }));
      await stubborn(() => approve(approver, id));
      approved.push({ id, name, clusterId: pair.clusterId, sourceResourceId: pair.sourceResourceId });
    }
    await expect.poll(() => endedRuns(approver), { timeout: 120_000, intervals: [500] }).toBe(runs);
  } finally {
    await killer.stop();
  }
  expect(killer.kills(), "the test must have killed something").toBeGreaterThan(5);

  await expect.poll(() => endedRuns(approver), { timeout: 30_000 }).toBe(runs);
  const all = await stubborn(() => approver.get<{ items: Run[] }>("/api/v1/runs?limit=200"));
  // Whether the cluster shows it in time is the cluster's affair: a look that fails proves nothing.
  const ends = all.items.map((run) => `${run.state} ${run.effect}`);
  expect(ends.filter((end) => !/^done in-effect-(seen|assumed)$/.test(end))).toEqual([]);
  expect(ends).toHaveLength(runs);
  await notDoubled(approver, approved);
  await audited(all.items);
});

/** Pairs of a cluster and a source of the same subscription that a single approval may bind. */
async function pairs(client: PortalClient): Promise<{ clusterId: string; sourceResourceId: string; role: string }[]> {
  const { items: clusters } = await client.get<{ items: Cluster[] }>("/api/v1/clusters?limit=200");
  const { items: sources } = await client.get<{ items: Source[] }>("/api/v1/sources");
  const usable = clusters.filter(
    (cluster) => !cluster.production && cluster.powerState === "Running" && cluster.provisioningState === "Succeeded",
  );
  const found: { clusterId: string; sourceResourceId: string; role: string }[] = [];
  for (const cluster of usable) {
    const detail = await client.get<{ bindings: { state: string; value?: { sourceResourceId: string }[] }; slotsUsed: number | null }>(
      clusterPath(cluster.id),
    );
    const bound = new Set((detail.bindings.value ?? []).map((binding) => binding.sourceResourceId.toLowerCase()));
    const free = sources.filter(
      (source) =>
        source.subscriptionId === cluster.subscriptionId &&
        source.identity.type.startsWith("SystemAssigned") &&
        !bound.has(source.id.toLowerCase()),
    );
    for (const source of free.slice(0, 8 - (detail.slotsUsed ?? 8))) {
      found.push({ clusterId: cluster.id, sourceResourceId: source.id, role: "Microsoft.MachineLearningServices/workspaces/mlworkload" });
    }
  }
  return found;
}

function clusterPath(id: string): string {
  const [, , subscription, , group, , , , name] = id.split("/");
  return `/api/v1/clusters/${subscription}/${group}/${name}`;
}

async function submit(
  client: PortalClient,
  ask: { clusterId: string; sourceResourceId: string; role: string; name: string },
): Promise<string> {
  // A killed answer may hide a request that was stored: look before asking again.
  const { items } = await client.get<{ items: { id: string; sentence: string; state: string }[] }>(
    `/api/v1/requests?view=mine&search=${ask.name}`,
  );
  const stored = items.find((request) => request.sentence.includes(ask.name));
  if (stored !== undefined) return stored.id;
  const { id } = await client.post<{ id: string }>("/api/v1/requests", {
    kind: "binding-grant",
    clusterId: ask.clusterId,
    sourceResourceId: ask.sourceResourceId,
    name: ask.name,
    roles: [ask.role],
    hours: null,
    reason: "Kill test",
    ticket: "CHG-1",
  });
  return id;
}

async function approve(client: PortalClient, id: string): Promise<void> {
  const request = await client.get<{ state: string; digest: string }>(`/api/v1/requests/${id}`);
  if (request.state !== "waiting") return;
  await client.post(`/api/v1/requests/${id}/decisions`, {
    digest: request.digest,
    verdict: "approve",
    acceptsRisk: "critical",
    start: "now",
  });
}

async function endedRuns(client: PortalClient): Promise<number> {
  try {
    const { items } = await client.get<{ items: Run[] }>("/api/v1/runs?limit=200");
    const stuck = items.filter((run) => ["failed", "cancelled", "rights-needed", "sign-in-needed"].includes(run.state));
    if (stuck.length > 0) throw new Error(`Runs that should not have stopped: ${JSON.stringify(stuck)}`);
    return items.filter((run) => run.state === "done").length;
  } catch (error) {
    if (isGone(error)) return -1;
    throw error;
  }
}

/** Kills a random one of web and workers again and again, with -9, until told to stop. */
function startKilling(): { stop(): Promise<void>; kills(): number } {
  let stopped = false;
  let kills = 0;
  const loop = (async () => {
    const until = Date.now() + 50_000;
    while (!stopped && Date.now() < until) {
      await new Promise((resolve) => setTimeout(resolve, 700 + Math.random() * 2800));
      const pids = stack.pids();
      const victims = ["web", "worker", "worker-2", "worker"].map((name) => pids[name]).filter((pid): pid is number => pid !== undefined);
      const victim = victims[Math.floor(Math.random() * victims.length)];
      if (victim === undefined || stopped) continue;
      try {
        process.kill(victim, "SIGKILL");
        kills += 1;
      } catch {
        // It was just restarting.
      }
    }
  })();
  return {
    stop: async () => {
      stopped = true;
      await loop;
    },
    kills: () => kills,
  };
}

const isGone = (error: unknown): boolean => /ECONNREFUSED|ECONNRESET|socket hang up|EPIPE|aborted/.test(String(error));

/** Tries again while the portal is just being restarted; any other failure is one. */
async function stubborn<T>(work: () => Promise<T>): Promise<T> {
  const until = Date.now() + 60_000;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!isGone(error) || Date.now() > until) throw error;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
}

/**
 * Azure holds each binding once, as approved. A write that was on the wire when its worker died may be sent once more (the same body to the
 * same name: Azure takes it as the same change), but never oftener.
 */
async function notDoubled(client: PortalClient, approved: { name: string; clusterId: string; sourceResourceId: string }[]): Promise<void> {
  const { items } = await control<{ items: { path: string; status: number | "dropped" }[] }>("GET", "/log?method=PUT");
  for (const { name } of approved) {
    const writes = items.filter((entry) => entry.path.toLowerCase().endsWith(`/trustedaccessrolebindings/${name}`));
    expect(writes.length, `PUTs of ${name}`).toBeGreaterThanOrEqual(1);
    expect(writes.length, `PUTs of ${name}`).toBeLessThanOrEqual(2);
  }
  for (const clusterId of new Set(approved.map((one) => one.clusterId))) {
    const detail = await client.get<{ bindings: { value: { name: string; sourceResourceId: string; standing: string }[] } }>(
      clusterPath(clusterId),
    );
    const ours = detail.bindings.value.filter((binding) => binding.name.startsWith("kill-"));
    const wanted = approved.filter((one) => one.clusterId === clusterId);
    expect(ours.map((binding) => `${binding.name} ${binding.sourceResourceId.toLowerCase()} ${binding.standing}`).sort()).toEqual(
      wanted.map((one) => `${one.name} ${one.sourceResourceId.toLowerCase()} approved-here`).sort(),
    );
  }
}

/** The chain verifies, and each run has its start, an intent before each outcome, its effect and its end. */
async function audited(all: Run[]): Promise<void> {
  const auditor = new PortalClient(stack.origin);
  await stubborn(() => auditor.signIn("Marcus Oyelaran"));
  const answer = await auditor.call("GET", "/api/v1/audit/export?format=jsonl");
  expect(answer.status).toBe(200);
  const { verifyLines } = await import("../lib/audit/chain");
  const verified = await verifyLines(answer.text.split("\n"));
  expect(verified).toMatchObject({ ok: true });
  const events = answer.text
    .split("\n")
    .filter((line) => line.startsWith('{"type":"event"'))
    .map((line) => JSON.parse((JSON.parse(line) as { event: string }).event) as { action: string; runId?: string });
  for (const run of all) {
    const actions = events.filter((event) => event.runId === run.id).map((event) => event.action);
    for (const action of ["run-queued", "run-started", "run-step-intent", "run-effect", "run-ended"])
      expect(actions, `run ${run.number}`).toContain(action);
    for (const action of ["run-queued", "run-effect", "run-ended"])
      expect(actions.filter((one) => one === action).length, `${action} of run ${run.number}`).toBe(1);
  }
}

async function control<T>(method: string, path: string): Promise<T> {
  const response = await fetch(`${stack.controlUrl}${path}`, { method, headers: { "x-local-azure-control": "1" } });
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
  return (await response.json()) as T;
}
