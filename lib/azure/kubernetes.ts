import { z } from "zod";
import { BinderyError } from "@/lib/kernel/errors";
import { apiVersions, namespaceBody, namespacesPath } from "./deployment-calls";
import type {
  KubernetesEvent,
  KubernetesIngressClass,
  KubernetesNamespace,
  KubernetesNode,
  KubernetesPod,
  KubernetesRole,
  KubernetesRoleBinding,
  KubernetesServiceAccount,
} from "./deployment-types";
import { refusal } from "./failures";
import { serverOf } from "./kubeconfig";
import { type ApiServer, askApiServer } from "./kubernetes-exchange";
import { kubernetesRefusal, statusOf } from "./kubernetes-failures";
import { getObject, listObjects } from "./kubernetes-list";
import { namespaceName, objectName } from "./kubernetes-names";
import { podOf } from "./kubernetes-pod";
import {
  configDataOf,
  eventOf,
  ingressClassOf,
  nameOf,
  namespaceOf,
  nodeOf,
  roleBindingOf,
  roleOf,
  serviceAccountOf,
} from "./kubernetes-shape";
import { callArm, sendRaw } from "./pipeline";
import { readable, valueOf } from "./readable";
import { type AcceptedWrite, clusterPartsOf } from "./trusted-access";
import type { AzureCaller, Cluster, Readable } from "./types";

export type { ApiServer } from "./kubernetes-exchange";

const Credential = z.object({ kubeconfigs: z.array(z.object({ value: z.base64() })).length(1) });

/** Why nobody can read a cluster's own objects straight from its API server, in words; null: it may be tried. */
export function directObstacle(cluster: Cluster): string | null {
  if (cluster.powerState?.toLowerCase() === "stopped") return `${cluster.name} is stopped: it has no API server until it is started.`;
  if (!cluster.entraManaged) return `${cluster.name} does not use Entra: its API server takes no person's token.`;
  if (cluster.isPrivate && (cluster.fqdn === null || cluster.publicFqdnDisabled))
    return `${cluster.name} is private and has no public name: its API server is read by the run command.`;
  return null;
}

/**
 * The API server of a cluster for this person, after one call to ARM that gives its address and certificate authority. `unavailable` with the
 * reason in words where it cannot be read directly.
 */
export async function openApiServer(caller: AzureCaller, cluster: Cluster): Promise<Readable<ApiServer>> {
  clusterPartsOf(cluster.id);
  const obstacle = directObstacle(cluster);
  if (obstacle !== null) return { state: "unavailable", message: obstacle };
  // A private cluster's kubeconfig names the private address unless the public one is asked for.
  const name: Record<string, string> = cluster.isPrivate && cluster.fqdn !== null ? { "server-fqdn": cluster.fqdn } : {};
  const query = new URLSearchParams({ "api-version": apiVersions.managedClusters, format: "exec", ...name });
  return readable(() =>
    callArm(caller, async (arm) => {
      const answer = await sendRaw(arm, "POST", `${cluster.id}/listClusterUserCredential?${query}`);
      if (answer.status >= 400) throw refusal(answer, arm.call);
      const [{ value } = { value: "" }] = Credential.parse(JSON.parse(answer.text)).kubeconfigs;
      return { caller, cluster, ...serverOf(Buffer.from(value, "base64").toString("utf8"), cluster) };
    }),
  );
}

const rbac = "/apis/rbac.authorization.k8s.io/v1";
const inNamespace = (namespace: string): string => `namespaces/${namespaceName(namespace)}`;

/** Pods of one namespace or of all; `labels`: a label selector. */
export async function listPods(
  server: ApiServer,
  { namespace, labels }: { namespace?: string; labels?: string } = {},
): Promise<Readable<KubernetesPod[]>> {
  const path = namespace === undefined ? "/api/v1/pods" : `/api/v1/${inNamespace(namespace)}/pods`;
  return listObjects(server, path, podOf, labels === undefined ? {} : { labelSelector: labels });
}

/** Nodes. */
export const listNodes = async (server: ApiServer): Promise<Readable<KubernetesNode[]>> => listObjects(server, "/api/v1/nodes", nodeOf);

/** Namespaces. */
export const listNamespaces = async (server: ApiServer): Promise<Readable<KubernetesNamespace[]>> =>
  listObjects(server, namespacesPath, namespaceOf);

/** Events of a namespace; Kubernetes forgets them after an hour. */
export const listEvents = async (server: ApiServer, namespace: string): Promise<Readable<KubernetesEvent[]>> =>
  listObjects(server, `/api/v1/${inNamespace(namespace)}/events`, eventOf);

/** The reports of the extension's health check, by key, from the config map that it leaves in its namespace. `absent`: it left none. */
export const getHealthReports = async (server: ApiServer, namespace: string): Promise<Readable<Record<string, string>>> =>
  getObject(server, `/api/v1/${inNamespace(namespace)}/configmaps/arcml-healthcheck`, configDataOf);

/** Roles of a namespace. */
export const listRoles = async (server: ApiServer, namespace: string): Promise<Readable<KubernetesRole[]>> =>
  listObjects(server, `${rbac}/${inNamespace(namespace)}/roles`, roleOf);

/** Role bindings of a namespace. */
export const listNamespaceRoleBindings = async (server: ApiServer, namespace: string): Promise<Readable<KubernetesRoleBinding[]>> =>
  listObjects(server, `${rbac}/${inNamespace(namespace)}/rolebindings`, roleBindingOf);

/** Cluster roles. */
export const listClusterRoles = async (server: ApiServer): Promise<Readable<KubernetesRole[]>> =>
  listObjects(server, `${rbac}/clusterroles`, roleOf);

/** Cluster role bindings. */
export const listClusterRoleBindings = async (server: ApiServer): Promise<Readable<KubernetesRoleBinding[]>> =>
  listObjects(server, `${rbac}/clusterrolebindings`, roleBindingOf);

/** Service accounts of a namespace. */
export const listServiceAccounts = async (server: ApiServer, namespace: string): Promise<Readable<KubernetesServiceAccount[]>> =>
  listObjects(server, `/api/v1/${inNamespace(namespace)}/serviceaccounts`, serviceAccountOf);

const partial = (kind: string): string => `application/json;as=${kind};g=meta.k8s.io;v=v1`;

/** Names of the custom resource definitions; their schemas, which are large, are not asked for. */
export const listDefinitionNames = async (server: ApiServer): Promise<Readable<string[]>> =>
  listObjects(
    server,
    "/apis/apiextensions.k8s.io/v1/customresourcedefinitions",
    nameOf,
    {},
    `${partial("PartialObjectMetadataList")},application/json`,
  );

/** Ingress classes. */
export const listIngressClasses = async (server: ApiServer): Promise<Readable<KubernetesIngressClass[]>> =>
  listObjects(server, "/apis/networking.k8s.io/v1/ingressclasses", ingressClassOf);

/** The name of a secret that is there. `absent`: it is not. Only its metadata is asked for and accepted, never what it holds. */
export const findSecret = async (server: ApiServer, namespace: string, name: string): Promise<Readable<string>> =>
  getObject(server, `/api/v1/${inNamespace(namespace)}/secrets/${objectName(name)}`, nameOf, partial("PartialObjectMetadata"));

/**
 * Creates a namespace; one that is there already is a success. The caller must carry this very write as `plannedWrite`. Sent once. Throws
 * `conflict` while a namespace of that name is being deleted, and like `askApiServer`.
 */
export async function createNamespace(caller: AzureCaller, cluster: Cluster, name: string): Promise<AcceptedWrite> {
  const body = namespaceBody(name);
  const server = valueOf(await openApiServer(caller, cluster), `credential of ${cluster.name}`);
  const answer = await askApiServer(server, { method: "POST", path: namespacesPath, body });
  const { reason, message } = statusOf(answer);
  if (answer.status === 409 && reason === "AlreadyExists" && !/being deleted/i.test(message))
    return { status: answer.status, operationUrl: null };
  if (answer.status === 409)
    throw new BinderyError("conflict", `The namespace ${name} on ${cluster.name} is being deleted.`, {
      remedy: "Wait until it is gone, then go on.",
    });
  if (answer.status >= 300) throw kubernetesRefusal(answer, cluster);
  return { status: answer.status, operationUrl: null };
}
