import { getCluster } from "@/lib/azure/clusters";
import { createNamespace, listNamespaces } from "@/lib/azure/kubernetes";
import { valueOf } from "@/lib/azure/readable";
import { readCommandResult, startNamespaceCommand } from "@/lib/azure/run-command";
import type { AzureCaller, Cluster, OperationState } from "@/lib/azure/types";
import { BinderyError } from "@/lib/kernel/errors";
import { isDeploymentPlan, type Plan } from "@/lib/plans/plan";
import { apiServerOf } from "./live";
import type { Part } from "./part";

/** Makes the namespace of the compute, through the cluster's own API or by a command that Azure runs in the cluster. */
export const namespacePart: Part = {
  async read(caller, plan, step) {
    // A command's own result is its proof; reading once more would be another pod, and making a namespace twice is harmless.
    if (step.via === "run-command") return { state: "not-begun", before: null };
    const server = valueOf(await apiServerOf(caller, plan.target.clusterId), "API server of the cluster");
    const namespaces = valueOf(await listNamespaces(server), "namespaces of the cluster");
    const own = namespaces.find(({ name }) => name === namespaceOf(plan));
    if (own === undefined) return { state: "not-begun", before: null };
    const seen = { namespace: own.name, phase: own.phase };
    return own.phase === "Active" ? { state: "done", after: seen } : { state: "in-flight", before: seen };
  },
  async act(caller, plan, step) {
    const cluster = await clusterOf(caller, plan);
    const name = namespaceOf(plan);
    const accepted =
      step.via === "run-command" ? await startNamespaceCommand(caller, cluster, name) : await createNamespace(caller, cluster, name);
    return { ...accepted, after: { namespace: name } };
  },
  async poll(caller, plan, _step, url) {
    return outcomeOf(await readCommandResult(caller, url), namespaceOf(plan));
  },
};

async function clusterOf(caller: AzureCaller, plan: Plan): Promise<Cluster> {
  return valueOf(await getCluster(caller, plan.target.clusterId), "such cluster");
}

function namespaceOf(plan: Plan): string {
  const name = isDeploymentPlan(plan) ? plan.target.namespace : null;
  if (name === null) throw new BinderyError("internal", "The plan makes a namespace and does not name it.");
  return name;
}

/** Only a command that says that the namespace is there proves it. */
function outcomeOf(
  result: Awaited<ReturnType<typeof readCommandResult>>,
  name: string,
): OperationState & { after?: { namespace: string } } {
  const failed = (code: string, message: string): OperationState => ({
    status: "failed",
    azureStatus: code,
    error: { code, message },
    retryAfterSeconds: null,
  });
  switch (result.state) {
    case "running":
      return { status: "running", azureStatus: "Running", error: null, retryAfterSeconds: result.retryAfterSeconds };
    case "not-started":
      return failed("RunCommandNotStarted", `The command's pod did not start: ${result.reason}`);
    case "gone":
      return failed("RunCommandGone", "Azure no longer knows the command.");
    case "ended":
      if (!isThere(result, name))
        return failed("RunCommandFailed", `The command ended with code ${result.exitCode}: ${result.logs.trim().slice(-1000)}`);
      return { status: "succeeded", azureStatus: "Succeeded", error: null, retryAfterSeconds: null, after: { namespace: name } };
  }
}

/** kubectl says `namespace/NAME created`, or that it is there already: then it ends in failure, and nothing is amiss. */
function isThere({ exitCode, logs }: { exitCode: number; logs: string }, name: string): boolean {
  return exitCode === 0
    ? logs.includes(`namespace/${name} created`)
    : logs.includes(`namespaces "${name}" already exists`) && logs.includes("AlreadyExists");
}
