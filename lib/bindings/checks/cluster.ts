import type { Cluster } from "@/lib/azure/types";
import { isWorkspace } from "../source-words";
import { block, type Check, notVerified, ok, warn, whyUnread } from "./check";

const words = { key: "cluster", label: "Cluster", field: "clusterId" } as const;
const state = { key: "cluster-state", label: "Cluster state", field: "clusterId" } as const;
const reach = { key: "cluster-reach", label: "API server address", field: "clusterId" } as const;

/** Whether the cluster is there, and in a state in which Azure takes the change and the add-on manager carries it into the cluster. */
export const checkCluster: Check = ({ intent, facts }) => {
  const { cluster } = facts;
  if (cluster.state === "absent") return [block(words, "There is no such cluster.", "Check its name, resource group and subscription.")];
  if (cluster.state !== "ok") {
    return [
      notVerified(
        words,
        `This cluster cannot be read ${whyUnread(cluster)}.`,
        "Send the request all the same: the first approver who can read the cluster plans it.",
      ),
    ];
  }
  const revokes = intent.input.kind === "binding-revoke";
  const source = intent.sourceResourceId;
  const found = [ok(words, `${cluster.value.name} in ${cluster.value.location}.`), stateOf(cluster.value, revokes)];
  // Azure ML over Trusted Access is documented for private clusters that keep their public FQDN (Azure/AML-Kubernetes, azureml-aks-ta-support).
  if (!revokes && source !== null && isWorkspace(source) && cluster.value.isPrivate && cluster.value.publicFqdnDisabled) {
    found.push(
      warn(
        reach,
        "The cluster is private and its public FQDN is switched off. Azure Machine Learning is documented for private clusters with a public FQDN only.",
        "Switch the public FQDN on, or expect the attach to fail.",
      ),
    );
  }
  return found;
};

function stateOf(cluster: Cluster, revokes: boolean) {
  const doing = cluster.provisioningState;
  if (doing === "Deleting")
    return block(
      state,
      "The cluster is being deleted.",
      revokes ? "Nothing needs to be revoked: its bindings go with it." : "Choose another cluster.",
    );
  if (cluster.powerState?.toLowerCase() === "stopped") {
    return revokes
      ? warn(
          state,
          "The cluster is stopped. Azure may refuse the change, and Kubernetes follows only once the cluster runs again.",
          "Start the cluster when the revocation has to be seen.",
        )
      : block(
          state,
          "The cluster is stopped: a binding cannot take effect, and Azure may refuse it.",
          "Start the cluster first: az aks start.",
        );
  }
  if (doing === "Failed" || doing === "Canceled") {
    return warn(
      state,
      `The cluster's last operation ended as ${doing}. Azure may refuse the change.`,
      "Repair the cluster first: az aks update reconciles it.",
    );
  }
  if (doing !== "Succeeded")
    return warn(
      state,
      `The cluster is busy (${doing}). Azure refuses changes meanwhile.`,
      "The run reads the state again; start it when the operation is over.",
    );
  if (cluster.powerState === null) return notVerified(state, "Azure does not say whether the cluster is running.");
  return ok(state, "The cluster is running and no operation is under way.");
}
