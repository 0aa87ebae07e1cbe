import { isTrue } from "../arm/extension-rules";
import type { KubeObject } from "../state/kubernetes-shapes";
import { clusterRole, clusterRoleBinding } from "./base";

const rbac = "rbac.authorization.k8s.io";

/**
 * What else the extension brings: service accounts (documented in azure-ai-docs, reference-kubernetes.md), roles and their bindings. No public
 * source lists the roles of the namespace; these follow from the parts of the chart. Custom resource definitions stay when the chart goes.
 */
export function releaseObjects(extension: string, settings: Record<string, string>): KubeObject[] {
  const accounts = [
    "prom-admission",
    "prom-operator",
    "prom-prometheus",
    `${extension}-kube-state-metrics`,
    "metrics-controller-manager",
    ...(isTrue(settings.enableTraining) ? ["aml-operator", "volcano-admission", "volcano-controllers", "volcano-scheduler"] : []),
    ...(isTrue(settings.enableInference)
      ? ["azureml-fe-v2", "azureml-ingress-nginx", "azureml-ingress-nginx-admission", "inference-operator"]
      : []),
  ];
  const roles = [
    ["metrics-leader-election-role", "metrics-controller-manager"],
    [`${extension}-kube-state-metrics`, `${extension}-kube-state-metrics`],
    ...(isTrue(settings.enableTraining) ? [["volcano-admission-init-role", "volcano-admission"]] : []),
    ...(isTrue(settings.enableInference)
      ? [
          ["azureml-ingress-nginx", "azureml-ingress-nginx"],
          ["inference-operator-leader-election-role", "inference-operator"],
        ]
      : []),
  ] as [string, string][];
  const cluster = [
    ["azureml-metrics-manager-role", "metrics-controller-manager"],
    ...(isTrue(settings.enableTraining)
      ? [
          ["aml-operator-manager-role", "aml-operator"],
          ["volcano-scheduler", "volcano-scheduler"],
        ]
      : []),
    ...(isTrue(settings.enableInference)
      ? [
          ["azureml-fe-v2-role", "azureml-fe-v2"],
          ["azureml-ingress-nginx", "azureml-ingress-nginx"],
        ]
      : []),
  ] as [string, string][];
  const objects = [
    ...accounts.map((name) => ({ apiVersion: "v1", kind: "ServiceAccount", metadata: { name, namespace: "azureml" } })),
    ...roles.flatMap(([name, account]) => [role(name), roleBinding(name, account)]),
    ...cluster.flatMap(([name, account]) => [
      clusterRole(name, [
        { apiGroups: ["amlarc.azureml.com"], resources: ["*"], verbs: ["*"] },
        { apiGroups: [""], resources: ["pods", "services"], verbs: ["get", "list", "watch"] },
      ]),
      clusterRoleBinding(name.replace(/-role$/, "") + "-binding", name, [{ kind: "ServiceAccount", name: account, namespace: "azureml" }]),
    ]),
  ];
  return objects.map((one) => owned(one, extension));
}

/** The custom resource definitions of the extension. */
export function definitionsOf(settings: Record<string, string>): KubeObject[] {
  const names = ["amljobs", "identities", "instancetypes", "metrics", "onlinedeployments", "onlineendpoints"].map(
    (one) => `${one}.amlarc.azureml.com`,
  );
  const volcano = settings.installVolcano === undefined || isTrue(settings.installVolcano);
  return [...names, ...(isTrue(settings.enableTraining) && volcano ? volcanoDefinitions : [])].map(definition);
}

export const volcanoDefinitions = [
  "jobs.batch.volcano.sh",
  "podgroups.scheduling.volcano.sh",
  "queues.scheduling.volcano.sh",
  "commands.bus.volcano.sh",
  "numatopologies.nodeinfo.volcano.sh",
];

/** A custom resource definition by its name `plural.group`. */
export function definition(name: string): KubeObject {
  const [plural = "", ...group] = name.split(".");
  return {
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    metadata: { name },
    spec: { group: group.join("."), names: { plural }, scope: "Namespaced" },
  };
}

/** The marks by which helm knows an object of a release. */
function owned(one: KubeObject, release: string): KubeObject {
  const annotations = { "meta.helm.sh/release-name": release, "meta.helm.sh/release-namespace": "azureml" };
  return { ...one, metadata: { ...one.metadata, labels: { ...one.metadata.labels, "app.kubernetes.io/managed-by": "Helm" }, annotations } };
}

function role(name: string): KubeObject {
  const rules = [
    {
      apiGroups: ["", "coordination.k8s.io"],
      resources: ["configmaps", "leases"],
      verbs: ["create", "get", "list", "patch", "update", "watch"],
    },
  ];
  return { apiVersion: `${rbac}/v1`, kind: "Role", metadata: { name, namespace: "azureml" }, rules };
}

function roleBinding(name: string, account: string): KubeObject {
  return {
    apiVersion: `${rbac}/v1`,
    kind: "RoleBinding",
    metadata: { name: `${name.replace(/-role$/, "")}-binding`, namespace: "azureml" },
    roleRef: { apiGroup: rbac, kind: "Role", name },
    subjects: [{ kind: "ServiceAccount", name: account, namespace: "azureml" }],
  };
}
