import { PortalClient } from "../e2e/http/portal-client";
import { forget, type Ground, startDemo } from "./demo";
import { residentMb } from "./memory";
import { lookedTooSoon, type Polled } from "./polls";
import { lower, type Row } from "./row";

/** A thousand generated clusters. Azure answers five times faster than it does: an installation takes a minute, so that all of them are under way at once. */
const ground: Ground = { dataDir: ".data/bench-fleet", scale: 1000, speed: 5 };
const requesters = ["Tomás Okafor", "Ines Duarte", "Grace Kimani"];
const approvers = ["Priya Raghunathan", "Wanjiru Mbeki"];

type Target = { clusterId: string; workspaceId: string };

/** That many deployments under way at once on one worker: its memory at the most, and how often an operation was looked at sooner than Azure allows. */
export async function fleetRows(many: number): Promise<Row[]> {
  forget(ground);
  const demo = await startDemo(ground);
  try {
    const asking = await Promise.all(requesters.map((name) => signedIn(demo.origin, name)));
    const [first, second] = await Promise.all(approvers.map((name) => signedIn(demo.origin, name)));
    const administrator = await signedIn(demo.origin, "Sofia Almeida");
    if (first === undefined || second === undefined) throw new Error("The bench lacks its two approvers.");
    const targets = await emptyClusters(second);
    if (targets.length < many) throw new Error(`Only ${targets.length} of the generated clusters are fit for a deployment.`);
    // Nothing is sent to Azure until all of them are approved.
    await patient(administrator, "/api/v1/settings/pause-writes", { paused: true, reason: "All deployments begin at once." });
    const ids = (
      await Promise.all(
        asking.map((client, lane) =>
          ask(
            client,
            targets.slice(0, many).filter((_, at) => at % asking.length === lane),
          ),
        ),
      )
    ).flat();
    for (const approver of [first, second]) await decide(approver, ids);
    const { moving, peakMb, polls } = await watch(demo.pids.worker ?? 0, demo.controlUrl, second, async () => {
      await patient(administrator, "/api/v1/settings/pause-writes", { paused: false, reason: "All deployments begin at once." });
    });
    if (moving < many) throw new Error(`Only ${moving} of ${many} deployments were under way at once.`);
    const tooSoon = lookedTooSoon(polls, await pollFloorMs(second));
    return [
      lower(`resident memory of one worker, at most, with ${many} deployments under way at once`, peakMb, "MB", 400),
      lower(`looks at an operation sooner than Retry-After, or else the shortest wait, allows, of ${polls.length}`, tooSoon, "looks", 0),
    ];
  } finally {
    await demo.stop();
  }
}

async function signedIn(origin: string, name: string): Promise<PortalClient> {
  const client = new PortalClient(origin);
  await client.signIn(name);
  return client;
}

/** Posts, and waits as long as the portal asks for where the person has asked too often. */
async function patient<T>(client: PortalClient, path: string, body: unknown): Promise<T> {
  for (;;) {
    const answer = await client.call("POST", path, body);
    if (answer.status < 300) return answer.json() as T;
    if (answer.status !== 429) throw new Error(`POST ${path}: ${answer.status} ${answer.text}`);
    await new Promise((resolve) => setTimeout(resolve, Number(answer.headers["retry-after"] ?? 1) * 1000));
  }
}

type Named = { id: string; name: string };
type Cluster = Named & { powerState: string | null; tags: Record<string, string>; isPrivate: boolean };

/** Generated clusters that run, are reached by an address of their own and stand for no production, with the workspace beside them. */
async function emptyClusters(client: PortalClient): Promise<Target[]> {
  const workspaces = new Map((await all<Named>(client, "/api/v1/workspaces")).map(({ id, name }) => [name, id]));
  const clusters = await all<Cluster>(client, "/api/v1/clusters");
  return clusters.flatMap(({ id, name, powerState, tags, isPrivate }) => {
    const workspaceId = workspaces.get(name.replace(/^aks-/, "mlw-"));
    const isFit = powerState === "Running" && !isPrivate && tags.environment !== "production";
    return workspaceId !== undefined && isFit ? [{ clusterId: id, workspaceId }] : [];
  });
}

/** All pages of a list. */
async function all<T>(client: PortalClient, path: string): Promise<T[]> {
  const found: T[] = [];
  let next: string | null = "";
  while (next !== null) {
    const page: { items: T[]; nextCursor: string | null } = await client.get(`${path}?limit=50${next}`);
    found.push(...page.items);
    next = page.nextCursor === null ? null : `&cursor=${encodeURIComponent(page.nextCursor)}`;
  }
  return found;
}

async function ask(client: PortalClient, targets: Target[]): Promise<string[]> {
  const ids: string[] = [];
  for (const { clusterId, workspaceId } of targets) {
    const { id } = await patient<{ id: string }>(client, "/api/v1/requests", {
      kind: "ml-deploy",
      clusterId,
      workspace: { use: "existing", id: workspaceId },
      extension: { name: "azureml", settings: { enableTraining: "True" }, protected: {} },
      compute: { name: "bench", namespace: "ml-bench" },
      bindingName: "bench-mlworkload",
      reason: "Benchmark",
      ticket: "BENCH-2",
    });
    ids.push(id);
  }
  return ids;
}

async function decide(approver: PortalClient, ids: string[]): Promise<void> {
  for (const id of ids) {
    const { digest } = await approver.get<{ digest: string }>(`/api/v1/requests/${id}`);
    await patient(approver, `/api/v1/requests/${id}/decisions`, { digest, verdict: "approve", acceptsRisk: "critical", start: "now" });
  }
}

async function pollFloorMs(client: PortalClient): Promise<number> {
  const { items } = await client.get<{ items: { key: string; value: string }[] }>("/api/v1/settings");
  const seconds = Number.parseFloat(items.find(({ key }) => key === "cloud.pollFloorMs")?.value ?? "");
  if (Number.isNaN(seconds)) throw new Error("The settings name no shortest wait between two looks.");
  return seconds * 1000;
}

/** From `begin` until no run is moving any more: how many moved at the most, the worker's memory at the most, and every look at an operation. */
async function watch(pid: number, controlUrl: string, client: PortalClient, begin: () => Promise<void>) {
  const seen = { moving: 0, peakMb: 0, polls: [] as Polled[] };
  let since = new Date().toISOString();
  await begin();
  for (;;) {
    seen.peakMb = Math.max(seen.peakMb, residentMb(pid));
    const answer = await fetch(`${controlUrl}/log?since=${since}&method=GET&path=operation`, { headers: { "x-local-azure-control": "1" } });
    const { items } = (await answer.json()) as { items: Polled[] };
    seen.polls.push(...items);
    since = items.at(-1)?.at ?? since;
    const { items: runs } = await client.get<{ items: { state: string }[] }>("/api/v1/runs?limit=200&view=moving");
    seen.moving = Math.max(seen.moving, runs.length);
    if (seen.moving > 0 && runs.length === 0) return seen;
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
}
