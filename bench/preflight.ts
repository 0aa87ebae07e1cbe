import type { PortalClient } from "../e2e/http/portal-client";
import { lower, percentile, type Row } from "./row";

type Checked = { plan: object | null };

/** What checking a deployment as it is typed costs: calls to ARM of one check, and the time of one after another. The local Azure answers at once. */
export async function preflightRows(asker: PortalClient, controlUrl: string, times: number): Promise<Row[]> {
  const input = await deployment(asker);
  const check = async (): Promise<void> => {
    const { plan } = await asker.post<Checked>("/api/v1/requests/check", input);
    if (plan === null) throw new Error("The check of a deployment gave no plan.");
  };
  await check();
  const calls = await armCalls(controlUrl, check);
  const waits: number[] = [];
  for (let index = 0; index < times; index++) {
    const begun = performance.now();
    await check();
    waits.push(performance.now() - begun);
  }
  return [
    lower("ARM calls of one check of a deployment", calls, "calls", 12),
    lower("check of a deployment, p95", percentile(waits, 95), "ms", 1000),
  ];
}

/** A deployment of training on the story's cluster. */
async function deployment(client: PortalClient): Promise<Record<string, unknown>> {
  const { items: clusters } = await client.get<{ items: { id: string; name: string }[] }>("/api/v1/clusters?limit=200");
  const { items: sources } = await client.get<{ items: { id: string; name: string }[] }>("/api/v1/sources");
  const clusterId = clusters.find((one) => one.name === "aks-chaos-mesh-aks")?.id;
  const workspaceId = sources.find((one) => one.name === "aks-chaos-mesh")?.id;
  if (clusterId === undefined || workspaceId === undefined) throw new Error("The demo tenant lacks aks-chaos-mesh-aks or its workspace.");
  return {
    kind: "ml-deploy",
    clusterId,
    workspace: { use: "existing", id: workspaceId },
    extension: { name: "azureml", settings: { enableTraining: "True" }, protected: {} },
    compute: { name: "bench", namespace: "ml-bench" },
    bindingName: "bench-mlworkload",
    reason: "Benchmark",
    ticket: "BENCH-1",
  };
}

/** How many requests reached ARM while `work` ran, by the local Azure's own log. */
async function armCalls(controlUrl: string, work: () => Promise<void>): Promise<number> {
  const headers = { "x-local-azure-control": "1" };
  const cleared = await fetch(`${controlUrl}/log`, { method: "DELETE", headers });
  if (!cleared.ok) throw new Error(`Clearing the log answered ${cleared.status}.`);
  await work();
  const answer = await fetch(`${controlUrl}/log`, { headers });
  const { items } = (await answer.json()) as { items: { door: string; path: string }[] };
  // Entra is behind the same door.
  return items.filter(({ door, path }) => door === "azure" && /^\/(subscriptions|providers)\b/i.test(path)).length;
}
