import { isBinderyError } from "@/lib/kernel/errors";
import { namespaceName, objectName } from "./kubernetes-names";

/** What a read command is told: names alone, and only those that it needs. */
export type CommandParameters = { namespace?: string; name?: string };

/** One of the fixed commands with its parameters. */
export type ReadCommand = { id: ReadCommandId; parameters: CommandParameters };

type Section = { name: string; command: string };
type Template = (told: { namespace: string; name: string }) => Section[];

const get = (name: string, what: string, output = "json"): Section => ({ name, command: `kubectl get ${what} -o ${output}` });

/**
 * Every command that Bindery reads a cluster with. Several small ones: the output of a command is cut at 512 kB, and a pod of its own runs each
 * (azure-aks-docs, access-private-cluster). Definitions and secrets are asked for by name alone: the former are large, the latter secret.
 */
const templates = {
  /** Pods of a namespace, its events, and the health check's reports. */
  workload: ({ namespace }) => [
    get("pods", `pods -n ${namespace}`),
    get("events", `events -n ${namespace}`),
    get("health", `configmaps arcml-healthcheck -n ${namespace}`),
  ],
  /** Who may do what in a namespace. */
  access: ({ namespace }) => [
    get("roles", `roles -n ${namespace}`),
    get("roleBindings", `rolebindings -n ${namespace}`),
    get("serviceAccounts", `serviceaccounts -n ${namespace}`),
  ],
  nodes: () => [get("nodes", "nodes")],
  cluster: () => [
    get("namespaces", "namespaces"),
    get("ingressClasses", "ingressclasses"),
    get("definitions", "customresourcedefinitions", "name"),
  ],
  "cluster-access": () => [get("clusterRoles", "clusterroles"), get("clusterRoleBindings", "clusterrolebindings")],
  "all-pods": () => [get("allPods", "pods -A")],
  secret: ({ namespace, name }) => [get("secret", `secrets ${name} -n ${namespace}`, "name")],
} satisfies Record<string, Template>;
export type ReadCommandId = keyof typeof templates;

const ids = Object.keys(templates) as ReadCommandId[];

/** The line before a section. No JSON of kubectl has such a line: it begins with a bracket or a space, and strings hold no line end. */
export const markOf = (section: string): string => `=== ${section}`;
/** The line after the last section: without it the output was cut. */
export const endMark = markOf("end");

/** The sections of a read command's output, in order. Throws like `textOf`. */
export function sectionsOf(command: ReadCommand): string[] {
  return built(command).map((section) => section.name);
}

/**
 * The text of a read command: each section after its mark, and one that fails does not keep the others back. Throws `invalid_input` for a name
 * that is missing or that Kubernetes could not have.
 */
export function textOf(command: ReadCommand): string {
  const lines = built(command).flatMap((section) => [`echo "${markOf(section.name)}"`, section.command]);
  return [...lines, `echo "${endMark}"`].join("; ");
}

/** The read command whose text this is, letter for letter: it is built again from the names found in it. null for every other text. */
export function readCommandOf(text: string): ReadCommand | null {
  const namespace = / -n ([a-z0-9-]+)/.exec(text)?.[1];
  const name = / secrets ([a-z0-9.-]+)/.exec(text)?.[1];
  const parameters = { ...(namespace === undefined ? {} : { namespace }), ...(name === undefined ? {} : { name }) };
  return ids.map((id) => ({ id, parameters })).find((command) => isTextOf(command, text)) ?? null;
}

function isTextOf(command: ReadCommand, text: string): boolean {
  try {
    return textOf(command) === text;
  } catch (error) {
    // A name that this command needs is missing, or is none.
    if (isBinderyError(error, "invalid_input")) return false;
    throw error;
  }
}

/** Names are held against Kubernetes' rules when they are used. */
function built({ id, parameters }: ReadCommand): Section[] {
  return templates[id]({
    get namespace() {
      return namespaceName(parameters.namespace ?? "");
    },
    get name() {
      return objectName(parameters.name ?? "");
    },
  });
}

/** The text that makes a namespace. Throws `invalid_input` for what is no name of one. */
export const createNamespaceText = (name: string): string => `kubectl create namespace ${namespaceName(name)}`;
