import { clusterAuthority } from "../certificates/cluster-authority";
import { usesEntra } from "../kubernetes/access";
import { apiServerHost } from "../kubernetes/host";
import type { Reply } from "../server/exchange";
import type { ArmResource } from "../state/shapes";
import { kubernetesAudience, tenantId } from "../tenant/ids";
import { refuseLocked } from "./authorization";
import type { ArmCall } from "./context";
import { ArmError } from "./errors";
import { need } from "./rbac";
import { existing } from "./resources";

const clusterType = "Microsoft.ContainerService/managedClusters";

/**
 * POST …/listClusterUserCredential[?format=exec|azure]: a kubeconfig. Its user section names a program to run; whoever reads it takes server and
 * authority from it, and nothing else.
 */
export async function listUserCredential(call: ArmCall): Promise<Reply> {
  const cluster = clusterFor(call, "listClusterUserCredential");
  if (!usesEntra(cluster)) return listAdminCredentialOf(call, cluster, "clusterUser");
  const format = call.incoming.query.get("format") ?? "azure";
  if (format !== "exec" && format !== "azure")
    throw new ArmError(
      400,
      "InvalidParameter",
      `The value of parameter format is invalid. Error details: ${format} is neither azure nor exec.`,
    );
  const user = format === "exec" ? execUser() : legacyUser();
  return answer("clusterUser", await kubeconfig(call, cluster, user));
}

/** POST …/listClusterAdminCredential: refused where local accounts are off. */
export function listAdminCredential(call: ArmCall): Promise<Reply> {
  return listAdminCredentialOf(call, clusterFor(call, "listClusterAdminCredential"), "clusterAdmin");
}

async function listAdminCredentialOf(call: ArmCall, cluster: ArmResource, name: string): Promise<Reply> {
  if (cluster.properties.disableLocalAccounts === true)
    throw new ArmError(
      400,
      "BadRequest",
      "Getting static credential is not allowed because this cluster is set to disable local accounts.",
    );
  // A certificate that no API server here takes: static credentials are not what this is for.
  const user = ["client-certificate-data: bm90LWEtY2VydGlmaWNhdGU=", "client-key-data: bm90LWEta2V5"];
  return answer(name, await kubeconfig(call, cluster, user));
}

function clusterFor(call: ArmCall, action: string): ArmResource {
  const [subscriptionId, group, name] = call.params;
  const path = `/subscriptions/${subscriptionId}/resourceGroups/${group}/providers/${clusterType}/${name}`;
  need(call, `${clusterType}/${action}/action`, path);
  // A read-only lock stops every POST on what it locks (Microsoft Learn, "Lock your resources").
  refuseLocked(call, path, "write");
  return existing(call, path, clusterType);
}

function answer(name: string, text: string): Reply {
  return { status: 200, body: { kubeconfigs: [{ name, value: Buffer.from(text).toString("base64") }] } };
}

async function kubeconfig(call: ArmCall, cluster: ArmResource, user: string[]): Promise<string> {
  const asked = call.incoming.query.get("server-fqdn");
  const host = asked === null || asked === "" ? apiServerHost(cluster) : asked;
  const { caPem } = await clusterAuthority(call.world, cluster.id, apiServerHost(cluster));
  const [context, who] = [cluster.name, `clusterUser_${cluster.id.split("/")[4] ?? ""}_${cluster.name}`];
  return [
    "apiVersion: v1",
    "clusters:",
    "- cluster:",
    `    certificate-authority-data: ${Buffer.from(caPem).toString("base64")}`,
    `    server: https://${host}:${call.world.addresses.apiServerPort}`,
    `  name: ${context}`,
    "contexts:",
    "- context:",
    `    cluster: ${context}`,
    `    user: ${who}`,
    `  name: ${context}`,
    `current-context: ${context}`,
    "kind: Config",
    "preferences: {}",
    "users:",
    `- name: ${who}`,
    "  user:",
    ...user.map((line) => `    ${line}`),
    "",
  ].join("\n");
}

/** As AKS writes it for kubelogin (azure-aks-docs, articles/aks/kubelogin-authentication.md). */
function execUser(): string[] {
  const args = [
    "get-token",
    "--login",
    "devicecode",
    "--server-id",
    kubernetesAudience,
    "--client-id",
    "80faf920-1908-4b52-b5ef-a8e7bedfc67a",
    "--tenant-id",
    tenantId,
    "--environment",
    "AzurePublicCloud",
  ];
  return [
    "exec:",
    "  apiVersion: client.authentication.k8s.io/v1beta1",
    "  args:",
    ...args.map((one) => `  - ${one}`),
    "  command: kubelogin",
    "  env: null",
    "  provideClusterInfo: false",
  ];
}

function legacyUser(): string[] {
  return [
    "auth-provider:",
    "  config:",
    `    apiserver-id: ${kubernetesAudience}`,
    `    tenant-id: ${tenantId}`,
    "    environment: AzurePublicCloud",
    "  name: azure",
  ];
}
