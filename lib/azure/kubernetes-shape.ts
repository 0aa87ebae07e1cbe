import { z } from "zod";
import type {
  KubernetesEvent,
  KubernetesIngressClass,
  KubernetesNamespace,
  KubernetesNode,
  KubernetesRole,
  KubernetesRoleBinding,
  KubernetesServiceAccount,
} from "./deployment-types";
import { shortened } from "./answer-text";
import { computeOf } from "./kubernetes-quantity";

// Kubernetes' objects as its API and kubectl write them (kubernetes.io, API reference). Only what Bindery reads is named.
const text = z.string().nullish();
/** Words of whoever may write to the object: Kubernetes bounds some of them at its object's size alone. */
export const words = text.transform((told) => (told == null ? told : shortened(told, 2000)));
const strings = z
  .array(z.string())
  .nullish()
  .transform((list) => list ?? []);
const quantity = z.union([z.string(), z.number()]).nullish();

/** Name, namespace, labels and age of any object. */
export const Metadata = z.object({
  name: z.string(),
  namespace: text,
  labels: z.record(z.string(), z.string()).nullish(),
  creationTimestamp: text,
});
/** Processors and memory, as quantities. */
export const Resources = z.object({ cpu: quantity, memory: quantity });

const Node = z.object({
  metadata: Metadata,
  spec: z
    .object({
      unschedulable: z.boolean().nullish(),
      taints: z.array(z.object({ key: z.string(), value: text, effect: z.string() })).nullish(),
    })
    .nullish(),
  status: z.object({
    allocatable: Resources.nullish(),
    conditions: z.array(z.object({ type: z.string(), status: z.string() })).nullish(),
    nodeInfo: z.object({ kubeletVersion: text, operatingSystem: text }).nullish(),
  }),
});

/** A node. Throws ZodError or TypeError for JSON that is none. */
export function nodeOf(json: unknown): KubernetesNode {
  const { metadata, spec, status } = Node.parse(json);
  const labels = metadata.labels ?? {};
  return {
    name: metadata.name,
    labels,
    taints: (spec?.taints ?? []).map(({ key, value, effect }) => `${key}${value == null || value === "" ? "" : `=${value}`}:${effect}`),
    ready: (status.conditions ?? []).some((one) => one.type === "Ready" && one.status === "True"),
    unschedulable: spec?.unschedulable ?? false,
    kubeletVersion: status.nodeInfo?.kubeletVersion ?? null,
    os: status.nodeInfo?.operatingSystem ?? labels["kubernetes.io/os"] ?? null,
    allocatable: computeOf(status.allocatable),
  };
}

const Event = z.object({
  metadata: Metadata,
  type: text,
  reason: words,
  message: words,
  involvedObject: z.object({ kind: text, name: text }).nullish(),
  count: z.number().nullish(),
  lastTimestamp: text,
  eventTime: text,
  series: z.object({ count: z.number().nullish(), lastObservedTime: text }).nullish(),
});

/** An event; newer reporters count in `series` and leave the older fields empty. */
export function eventOf(json: unknown): KubernetesEvent {
  const one = Event.parse(json);
  return {
    namespace: one.metadata.namespace ?? "",
    type: one.type ?? "Normal",
    reason: one.reason ?? "",
    message: one.message ?? "",
    object: `${one.involvedObject?.kind ?? ""}/${one.involvedObject?.name ?? ""}`,
    count: one.series?.count ?? one.count ?? 1,
    lastSeen: one.series?.lastObservedTime ?? one.lastTimestamp ?? one.eventTime ?? one.metadata.creationTimestamp ?? null,
  };
}

const Rule = z.object({
  verbs: strings,
  apiGroups: strings,
  resources: strings,
  resourceNames: strings,
  nonResourceURLs: strings,
});
const Role = z.object({ metadata: Metadata, rules: z.array(Rule).nullish() });

/** A Role or ClusterRole. */
export function roleOf(json: unknown): KubernetesRole {
  const { metadata, rules } = Role.parse(json);
  return { ...identityOf(metadata), rules: rules ?? [] };
}

const Binding = z.object({
  metadata: Metadata,
  roleRef: z.object({ kind: z.enum(["Role", "ClusterRole"]), name: z.string() }),
  subjects: z.array(z.object({ kind: z.string(), name: z.string(), namespace: text })).nullish(),
});

/** A RoleBinding or ClusterRoleBinding. */
export function roleBindingOf(json: unknown): KubernetesRoleBinding {
  const { metadata, roleRef, subjects } = Binding.parse(json);
  return {
    ...identityOf(metadata),
    role: roleRef,
    subjects: (subjects ?? []).map(({ kind, name, namespace }) => ({ kind, name, namespace: namespace ?? null })),
  };
}

function identityOf(metadata: z.infer<typeof Metadata>): Pick<KubernetesRole, "namespace" | "name" | "labels" | "createdAt"> {
  return {
    namespace: metadata.namespace ?? null,
    name: metadata.name,
    labels: metadata.labels ?? {},
    createdAt: metadata.creationTimestamp ?? null,
  };
}

const Named = z.object({ metadata: Metadata });

/** The name of any object. */
export const nameOf = (json: unknown): string => Named.parse(json).metadata.name;

/** A service account. */
export function serviceAccountOf(json: unknown): KubernetesServiceAccount {
  const { metadata } = Named.parse(json);
  return { namespace: metadata.namespace ?? "", name: metadata.name, labels: metadata.labels ?? {} };
}

const Namespace = Named.extend({ status: z.object({ phase: text }).nullish() });

/** A namespace. */
export function namespaceOf(json: unknown): KubernetesNamespace {
  const { metadata, status } = Namespace.parse(json);
  return { name: metadata.name, phase: status?.phase ?? "Active", labels: metadata.labels ?? {} };
}

const IngressClass = Named.extend({ spec: z.object({ controller: text }).nullish() });

/** An ingress class. */
export function ingressClassOf(json: unknown): KubernetesIngressClass {
  const { metadata, spec } = IngressClass.parse(json);
  return { name: metadata.name, controller: spec?.controller ?? null };
}

const ConfigMap = z.object({ data: z.record(z.string(), z.string()).nullish() });

/** The data of a config map. */
export const configDataOf = (json: unknown): Record<string, string> => ConfigMap.parse(json).data ?? {};
