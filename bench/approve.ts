import type { PortalClient } from "../e2e/http/portal-client";
import { lower, percentile, type Row } from "./row";

type Run = { calls: { purpose: string; method: string; startedAt: string }[]; state: string };

/** Click on approve → PUT on the wire: from the moment that the approver's browser sends the decision to the moment that the worker sends the write. */
export async function approveToWire(requester: PortalClient, approver: PortalClient, times: number): Promise<Row> {
  const target = await findTarget(requester);
  const waits: number[] = [];
  for (let index = 0; index < times; index++) {
    const roles = ["Microsoft.MachineLearningServices/workspaces/mlworkload"];
    const name = `bench-${index}`;
    const common = { name, reason: "Benchmark", ticket: "BENCH-1" };
    waits.push(await decideAndWait(requester, approver, { kind: "binding-grant", ...target, roles, hours: null, ...common }));
    waits.push(await decideAndWait(requester, approver, { kind: "binding-revoke", clusterId: target.clusterId, ...common }));
  }
  return lower("click on approve → PUT on the wire, p95", percentile(waits, 95), "ms", 300);
}

async function findTarget(client: PortalClient): Promise<{ clusterId: string; sourceResourceId: string }> {
  const { items: clusters } = await client.get<{ items: { id: string; name: string }[] }>("/api/v1/clusters?limit=200");
  const { items: sources } = await client.get<{ items: { id: string; name: string }[] }>("/api/v1/sources");
  const clusterId = clusters.find((one) => one.name === "aks-chaos-mesh-aks")?.id;
  const sourceResourceId = sources.find((one) => one.name === "aks-chaos-mesh")?.id;
  if (clusterId === undefined || sourceResourceId === undefined)
    throw new Error(`The demo tenant lacks aks-chaos-mesh-aks or its workspace.`);
  return { clusterId, sourceResourceId };
}

async function decideAndWait(requester: PortalClient, approver: PortalClient, body: Record<string, unknown>): Promise<number> {
  const { id } = await requester.post<{ id: string }>("/api/v1/requests", body);
  const { digest } = await approver.get<{ digest: string }>(`/api/v1/requests/${id}`);
  const clicked = Date.now();
  const { runId } = await approver.post<{ runId: string | null }>(`/api/v1/requests/${id}/decisions`, {
    digest,
    verdict: "approve",
    acceptsRisk: "critical",
    start: "now",
  });
  if (runId === null) throw new Error("The approval started no run.");
  for (;;) {
    const run = await approver.get<Run>(`/api/v1/runs/${runId}`);
    const write = run.calls.find((call) => call.purpose === "write");
    if (write !== undefined && run.state === "done") return new Date(write.startedAt).getTime() - clicked;
    if (["failed", "cancelled", "rights-needed", "sign-in-needed"].includes(run.state))
      throw new Error(`The run stopped: ${JSON.stringify(run)}`);
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}
