import { type ClusterFacts, usableNodes } from "./cluster-facts";

/** What the settings of an extension come to. `code`: of the health check (E4xxxx) where it has one, else the kind of the az CLI's refusal. */
export type Verdict = { accepted: true } | { accepted: false; code: RefusalCode; message: string };
export type RefusalCode =
  | "E40000"
  | "E40001"
  | "E40002"
  | "E40003"
  | "E40007"
  | "InvalidArgumentValue"
  | "MutuallyExclusiveArgument"
  | "RequiredArgumentMissing";

type Settings = Record<string, string>;
type Rule = (all: Settings, cluster: ClusterFacts) => Verdict | null;

/** With the inference router highly available, its three replicas go to three nodes. */
export const nodesForHighAvailability = 3;

/**
 * Whether the Azure ML extension works with these settings, as they arrive at the service: with the keys that the az CLI derives. Keys that
 * nobody knows are ignored, in any case but the exact one too: `InferenceRouterHA` changes nothing. Pure.
 * Sources: azure-cli-extensions, src/k8s-extension/…/partner_extensions/AzureMLKubernetes.py; azure-ai-docs, how-to-deploy-kubernetes-extension.md;
 * AML-Kubernetes, docs/troubleshooting.md; terraform-provider-azurerm#24547 for what comes of missing derived keys.
 */
export function accepts(settings: Settings, protectedSettings: Settings, cluster: ClusterFacts): Verdict {
  const twice = Object.keys(settings).find((key) => key in protectedSettings);
  if (twice !== undefined)
    return refuse(
      "MutuallyExclusiveArgument",
      `Duplicate keys found in both configuration settings and configuration protected settings: ${twice}`,
    );
  const all = { ...protectedSettings, ...settings };
  for (const rule of rules) {
    const verdict = rule(all, cluster);
    if (verdict !== null) return verdict;
  }
  return { accepted: true };
}

/** True for `True` in any case; everything else is false, as the az CLI and the chart read it. */
export function isTrue(value: string | undefined): boolean {
  return value?.toLowerCase() === "true";
}

/** The inference router is highly available unless it is told not to be. */
export function isHighlyAvailable(settings: Settings): boolean {
  return settings.inferenceRouterHA === undefined || isTrue(settings.inferenceRouterHA);
}

const rules: Rule[] = [
  (all) =>
    isTrue(all.enableTraining) || isTrue(all.enableInference)
      ? null
      : refuse(
          "RequiredArgumentMissing",
          "To create Microsoft.AzureML.Kubernetes extension, either enable Machine Learning training or inference by specifying '--config enableTraining=true' or '--config enableInference=true'. Please check https://aka.ms/arcmltsg for more information.",
        ),
  arcOnly,
  (all, cluster) => derived(all, cluster),
  (all) => (isTrue(all.enableInference) ? serviceType(all) : null),
  (all) => (isTrue(all.enableInference) ? tls(all) : null),
  (all) =>
    all.clusterPurpose === undefined || ["DevTest", "FastProd"].includes(all.clusterPurpose)
      ? null
      : refuse("InvalidArgumentValue", `clusterPurpose is ${all.clusterPurpose}; it is DevTest or FastProd.`),
  nodes,
];

function arcOnly(all: Settings): Verdict | null {
  const names = ["relayServerConnectionString", "serviceBusConnectionString"];
  const named =
    names.find((name) => (all[name] ?? "") !== "") ?? ["relayserver.enabled", "servicebus.enabled"].find((name) => isTrue(all[name]));
  return named === undefined
    ? null
    : refuse("InvalidArgumentValue", `${named} is for Azure Arc clusters; it must not be set on a managed cluster.`);
}

/** The keys that the az CLI adds in silence. A caller of ARM must add them: without them the health check of the installation fails. */
function derived(all: Settings, cluster: ClusterFacts): Verdict | null {
  const same = (key: string, wanted: string) => all[key]?.toLowerCase() === wanted.toLowerCase();
  const ids = ["cluster_name", "clusterId", "prometheus.prometheusSpec.externalLabels.cluster_name"];
  const wrong =
    ids.find((key) => !same(key, cluster.id)) ??
    ["location", "jobSchedulerLocation"].find((key) => all[key] !== cluster.location) ??
    (same("cluster_name_friendly", cluster.name) ? undefined : "cluster_name_friendly") ??
    ((all.domain ?? "") === "" ? "domain" : undefined) ??
    ["relayserver.enabled", "servicebus.enabled"].find((key) => !same(key, "false")) ??
    (isTrue(all["nginxIngress.enabled"]) ? undefined : "nginxIngress.enabled");
  return wrong === undefined ? null : refuse("E40000", `The setting ${wrong} is missing or does not fit the cluster.`);
}

function serviceType(all: Settings): Verdict | null {
  const type = all.inferenceRouterServiceType?.toLowerCase();
  if (type === undefined || type === "")
    return refuse(
      "RequiredArgumentMissing",
      "To use inference, please specify inferenceRouterServiceType=ClusterIP or inferenceRouterServiceType=NodePort or inferenceRouterServiceType=LoadBalancer in --configuration-settings.",
    );
  if (!["loadbalancer", "nodeport", "clusterip"].includes(type))
    return refuse("E40001", `inferenceRouterServiceType ${type} is not supported.`);
  const provider = all.internalLoadBalancerProvider?.toLowerCase() ?? "";
  if (provider !== "" && provider !== "azure") return refuse("E40003", `internalLoadBalancerProvider ${provider} is not supported.`);
  if (provider !== "" && type === "nodeport")
    return refuse(
      "MutuallyExclusiveArgument",
      "When using nodePort as inferenceRouterServiceType, no internalLoadBalancerProvider should be specified.",
    );
  if (type === "nodeport" && !isTrue(all["scoringFe.serviceType.nodePort"]))
    return refuse("E40000", "The setting scoringFe.serviceType.nodePort is missing.");
  if (provider === "azure" && !isTrue(all["scoringFe.serviceType.internalLoadBalancer"]))
    return refuse("E40000", "The setting scoringFe.serviceType.internalLoadBalancer is missing.");
  return null;
}

/** With insecure connections allowed, no key of TLS is read. */
function tls(all: Settings): Verdict | null {
  if (isTrue(all.allowInsecureConnections)) return null;
  const secret = all["scoringFe.sslSecret"] ?? "";
  const [cert, key] = [all["scoringFe.sslCert"] ?? "", all["scoringFe.sslKey"] ?? ""];
  if ((cert === "") !== (key === "")) return refuse("E40007", "INVALID_SSL_SETTING: certificate and key must both be given.");
  if (secret === "" && cert === "")
    return refuse(
      "E40007",
      "INVALID_SSL_SETTING: to enable HTTPs endpoint, either provide sslCertPemFile and sslKeyPemFile in --configuration-protected-settings, or provide sslSecret in --configuration-settings containing both ssl cert and ssl key under specified namespace. Otherwise, to enable HTTP endpoint, explicitly set allowInsecureConnections=true.",
    );
  if ((all.sslCname ?? "") === "") return refuse("E40007", "INVALID_SSL_SETTING: sslCname is missing.");
  return null;
}

function nodes(all: Settings, cluster: ClusterFacts): Verdict | null {
  const usable = usableNodes(all, cluster.nodes).length;
  const wanted = isTrue(all.enableInference) && isHighlyAvailable(all) ? nodesForHighAvailability : 1;
  return usable >= wanted ? null : refuse("E40002", `INSUFFICIENT_NODE: ${usable} of ${wanted} schedulable nodes were found.`);
}

function refuse(code: RefusalCode, message: string): Verdict {
  return { accepted: false, code, message };
}
