import {
  directObstacle,
  findSecret,
  listClusterRoles,
  listDefinitionNames,
  listIngressClasses,
  listNamespaces,
  listNodes,
  listPods,
  openApiServer,
} from "@/lib/azure/kubernetes";
import type { AzureCaller, Cluster, Readable } from "@/lib/azure/types";
import { isBinderyError } from "@/lib/kernel/errors";
import type { DeployInput } from "../schema";
import { releaseNamespace } from "../settings/derived";
import { plainValueOf } from "../settings/input";
import type { DeployFacts } from "./facts";

type Inside = Pick<DeployFacts, "direct" | "nodes" | "pods" | "namespaces" | "findings" | "sslSecretFound">;

/** What is in the cluster already, read from its own API server where that can be reached with this person's token. */
export async function lookIntoCluster(
  caller: AzureCaller,
  cluster: Readable<Cluster>,
  input: Pick<DeployInput, "extension">,
): Promise<Inside> {
  if (cluster.state !== "ok") return unread(null, cluster);
  const opened = await openApiServer(caller, cluster.value);
  const direct = goesDirect(cluster.value);
  if (opened.state !== "ok") return unread(direct, opened);
  const server = opened.value;
  const secret = input.extension === "present" ? undefined : plainValueOf(input.extension, "sslSecret");
  const [nodes, pods, namespaces, definitions, ingressClasses, roles, found] = await Promise.all([
    listNodes(server),
    listPods(server),
    listNamespaces(server),
    listDefinitionNames(server),
    listIngressClasses(server),
    listClusterRoles(server),
    secret === undefined || secret === "" ? undefined : findSecret(server, releaseNamespace, secret).catch(noSuchName),
  ]);
  return {
    direct,
    nodes,
    pods,
    namespaces,
    findings: findingsOf(definitions, ingressClasses, roles, pods),
    ...(found?.state === "ok" || found?.state === "absent" ? { sslSecretFound: found.state === "ok" } : {}),
  };
}

/**
 * Whether a run makes the namespace through the API server itself. It follows from the cluster alone, not from the rights of whoever plans. A list of
 * authorized ranges may keep Bindery out, and not Azure's commands: those are preferred there.
 */
export const goesDirect = (cluster: Cluster): boolean =>
  directObstacle(cluster) === null && (cluster.authorizedIpRanges === null || cluster.runCommand === "off");

/** A name that no secret can have is for the check of the settings to tell; any other failure is none of its own. */
function noSuchName(error: unknown): undefined {
  if (!isBinderyError(error, "invalid_input")) throw error;
}

function unread(direct: boolean | null, read: Exclude<Readable<unknown>, { state: "ok" }>): Inside {
  return { direct, nodes: read, pods: read, namespaces: read, findings: read };
}

type Reads = [
  Awaited<ReturnType<typeof listDefinitionNames>>,
  Awaited<ReturnType<typeof listIngressClasses>>,
  Awaited<ReturnType<typeof listClusterRoles>>,
  Awaited<ReturnType<typeof listPods>>,
];

/** All four or none: half a look would let a conflict pass as absent. */
function findingsOf(...[definitions, ingressClasses, roles, pods]: Reads): DeployFacts["findings"] {
  for (const read of [definitions, ingressClasses, roles, pods]) if (read.state !== "ok") return read;
  if (definitions.state !== "ok" || ingressClasses.state !== "ok" || roles.state !== "ok" || pods.state !== "ok")
    return { state: "absent" };
  return {
    state: "ok",
    at: definitions.at,
    value: {
      definitions: definitions.value,
      ingressClasses: ingressClasses.value.map(({ name, controller }) => ({ name, controller })),
      legacyRole: roles.value.some(({ name }) => name === "azureml-fe-role"),
      // A deployment names its pods after itself, a hash and five characters.
      legacyRouter: pods.value.some(({ name }) => /^azureml-fe-[a-z0-9]{6,10}-[a-z0-9]{5}$/.test(name)),
    },
  };
}
