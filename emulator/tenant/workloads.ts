import { definition, volcanoDefinitions } from "../kubernetes/azureml-objects";
import { clusterRole, clusterRoleBinding } from "../kubernetes/base";
import { namespace } from "../kubernetes/namespaces";
import { nodesOf } from "../kubernetes/nodes";
import { pod, running } from "../kubernetes/pods";
import type { KubeObject } from "../state/kubernetes-shapes";
import type { ArmResource } from "../state/shapes";
import { people, readersGroup } from "./people";

const rbac = "rbac.authorization.k8s.io";

/**
 * What else runs in the clusters of the story. `aks-payments-prod` has an ingress-nginx of its own, `aks-data-science` Volcano,
 * `aks-feature-store` a Prometheus operator, `aks-legacy-batch` what is left of the first Azure ML on AKS, and `aks-ml-ci` little room.
 */
export function workloadsOf(cluster: ArmResource): KubeObject[] {
  const [first = ""] = nodesOf(cluster).map((one) => one.metadata.name);
  const inside = (name: string, app: string, cpu = "50m") =>
    running(pod(name, `${app}-7c9d8b6f5d-x2k4p`, app, first, { cpu, memory: "128Mi" }));
  const own: Record<string, KubeObject[]> = {
    "aks-chaos-mesh-aks": [
      namespace("chaos-mesh"),
      inside("chaos-mesh", "chaos-controller-manager"),
      inside("chaos-mesh", "chaos-dashboard"),
    ],
    "aks-payments-prod": [
      namespace("ingress-nginx"),
      inside("ingress-nginx", "ingress-nginx-controller"),
      {
        apiVersion: "networking.k8s.io/v1",
        kind: "IngressClass",
        metadata: { name: "nginx" },
        spec: { controller: "k8s.io/ingress-nginx" },
      },
    ],
    "aks-data-science": [namespace("volcano-system"), inside("volcano-system", "volcano-scheduler"), ...volcanoDefinitions.map(definition)],
    "aks-feature-store": [
      namespace("monitoring"),
      inside("monitoring", "prometheus-operator"),
      definition("prometheuses.monitoring.coreos.com"),
    ],
    "aks-legacy-batch": [
      clusterRole("azureml-fe-role", []),
      clusterRoleBinding("azureml-fe-binding", "azureml-fe-role", []),
      inside("default", "azureml-fe"),
    ],
    "aks-ml-ci": [namespace("ci"), inside("ci", "runner", "2200m")],
  };
  return [...(own[cluster.name] ?? []), ...admissions(cluster)];
}

/** Who may do what in a cluster without Azure RBAC, by its own bindings: platform engineers all, a group reads. */
function admissions(cluster: ArmResource): KubeObject[] {
  const profile = cluster.properties.aadProfile as { enableAzureRBAC?: boolean } | undefined;
  if (profile === undefined || profile.enableAzureRBAC === true) return [];
  const admins = people.filter((one) => ["Wanjiru Mbeki", "Priya Raghunathan", "Tomás Okafor"].includes(one.name));
  return [
    clusterRoleBinding(
      "platform-engineers",
      "cluster-admin",
      admins.map((one) => ({ apiGroup: rbac, kind: "User", name: one.oid })),
    ),
    clusterRoleBinding("ml-readers", "view", [{ apiGroup: rbac, kind: "Group", name: readersGroup }]),
  ];
}
