import type { NodeGroup, SettingsFacts } from "../settings/facts";
import { plainValueOf, type UncheckedInput } from "../settings/input";
import { clusterOf } from "./check";
import type { DeploymentFacts, NodePool } from "./facts";
import { nodeGroups } from "./node-groups";

/** Controller name of an ingress-nginx that nobody renamed, and the extension's own default. */
const defaultController = "k8s.io/ingress-nginx";

/** What of the deployment's facts the settings are held against. */
export type FactsOfSettings = Pick<
  DeploymentFacts,
  "now" | "cluster" | "nodePools" | "nodes" | "pods" | "namespaces" | "findings" | "certificate" | "sslSecretFound"
>;

/** The deployment's facts as the check of the settings wants them. What could not be read is left out there, and then not judged. */
export function settingsFacts(input: UncheckedInput, facts: FactsOfSettings): SettingsFacts {
  const cluster = clusterOf(facts);
  const nodes = groupsOf(facts);
  return {
    now: facts.now,
    ...(cluster === null
      ? {}
      : { cluster: { id: cluster.id, name: cluster.name, location: cluster.location, nodeCount: countOf(cluster.nodePools) } }),
    ...(nodes === null ? {} : { nodes }),
    ...(facts.certificate === undefined ? {} : { certificate: facts.certificate }),
    ...(facts.sslSecretFound === undefined ? {} : { sslSecretFound: facts.sslSecretFound }),
    found: { ...foundVolcano(facts), ...foundOthers(input, facts) },
  };
}

/** The nodes that are there and those that may come; null when nothing is known of them. */
export function groupsOf(facts: Pick<DeploymentFacts, "cluster" | "nodePools" | "nodes">): NodeGroup[] | null {
  const cluster = clusterOf(facts);
  if (cluster === null) return null;
  return nodeGroups(poolsOf(facts), facts.nodes.state === "ok" ? facts.nodes.value : null, cluster.location);
}

/** The node pools as far as they are known. */
export const poolsOf = (facts: Pick<DeploymentFacts, "cluster" | "nodePools">): NodePool[] =>
  facts.nodePools ?? clusterOf(facts)?.nodePools ?? [];

/** As the az CLI counts: whatever state the pools are in. */
const countOf = (pools: readonly Pick<NodePool, "count">[]): number => pools.reduce((sum, { count }) => sum + count, 0);

/** Definitions alone do not say that Volcano runs: they stay when it goes. */
function foundVolcano({ findings, namespaces, pods }: FactsOfSettings): { volcano?: boolean } {
  if (findings.state !== "ok") return {};
  if (!findings.value.definitions.includes("jobs.batch.volcano.sh")) return { volcano: false };
  const inNamespace = namespaces.state === "ok" ? namespaces.value.some(({ name }) => name === "volcano-system") : undefined;
  const asPod =
    pods.state === "ok" ? pods.value.some(({ name, namespace }) => name.startsWith("volcano-") && namespace !== "azureml") : undefined;
  if (inNamespace === true || asPod === true) return { volcano: true };
  return inNamespace === undefined || asPod === undefined ? {} : { volcano: false };
}

function foundOthers(input: UncheckedInput, { findings }: FactsOfSettings): { prometheusOperator?: boolean; ingressNginx?: boolean } {
  if (findings.state !== "ok") return {};
  const controller = plainValueOf(input, "nginxIngress.controller") ?? defaultController;
  return {
    prometheusOperator: findings.value.definitions.includes("prometheuses.monitoring.coreos.com"),
    ingressNginx: findings.value.ingressClasses.some((one) => one.controller === controller),
  };
}
