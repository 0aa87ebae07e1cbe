import type { Cluster, KubernetesVersion, Readable } from "@/lib/azure/types";
import { block, type Check, notVerified, ok, type PreflightCheck, warn, whyUnread } from "../check";

const there = { key: "cluster", group: "cluster", title: "Cluster", field: "clusterId" } as const;
const state = { key: "cluster-state", group: "cluster", title: "Cluster state", field: "clusterId" } as const;
const identity = { key: "cluster-identity", group: "cluster", title: "Cluster's identity", field: "clusterId" } as const;
const version = { key: "kubernetes-version", group: "cluster", title: "Kubernetes version", field: "clusterId" } as const;
const reach = { key: "cluster-reach", group: "cluster", title: "API server address", field: "clusterId" } as const;
const accounts = { key: "local-accounts", group: "cluster", title: "Local accounts", field: "clusterId" } as const;

/** The cluster: there, running, with a managed identity and a supported version, and in reach of Azure ML. */
export const checkCluster: Check = ({ input, facts }) => {
  const { cluster } = facts;
  if (cluster.state === "absent") return [block(there, "There is no such cluster.", "Check its name, resource group and subscription.")];
  if (cluster.state !== "ok") return [notVerified(there, `This cluster cannot be read ${whyUnread(cluster)}.`)];
  const found = cluster.value;
  return [
    ok(there, `${found.name} in ${found.location}.`),
    stateOf(found),
    identityOf(found),
    versionOf(found, facts.kubernetesVersions),
    reachOf(found),
    accountsOf(found, input.binding === "made-by-attach"),
  ];
};

function stateOf({ provisioningState: doing, powerState }: Cluster): PreflightCheck {
  if (doing === "Deleting") return block(state, "The cluster is being deleted.", "Choose another cluster.");
  if (powerState?.toLowerCase() === "stopped")
    return block(state, "The cluster is stopped: nothing can be installed on it.", "Start the cluster first: az aks start.");
  if (doing === "Failed" || doing === "Canceled")
    return block(
      state,
      `The cluster's last operation ended as ${doing}, and extensions are not installed on such a cluster.`,
      "Repair the cluster first: az aks update reconciles it.",
    );
  if (doing !== "Succeeded")
    return warn(
      state,
      `The cluster is busy (${doing}). Azure refuses changes meanwhile.`,
      "The run reads the state again; start it when the operation is over.",
    );
  if (powerState === null) return notVerified(state, "Azure does not say whether the cluster is running.");
  return ok(state, "The cluster is running and no operation is under way.");
}

// A cluster with a service principal has no identity of its own (azure-aks-docs, cluster-extensions; MicrosoftDocs/azure-docs#97274).
function identityOf({ identityType }: Cluster): PreflightCheck {
  if (identityType === null || identityType.toLowerCase() === "none")
    return block(
      identity,
      "The cluster uses a service principal. Extensions work on clusters with a managed identity only.",
      "Change it: az aks update --enable-managed-identity. Node pools may have to be made anew afterwards.",
    );
  return ok(identity, "The cluster uses a managed identity.");
}

/** Azure ML supports the newest version of AKS that is no preview, and the two before it (azure-ai-docs, reference-kubernetes). */
const supportedAtOnce = 3;

function versionOf({ kubernetesVersion: own, location }: Cluster, offered: Readable<KubernetesVersion[]>): PreflightCheck {
  if (own === null) return notVerified(version, "Azure does not say which version of Kubernetes the cluster runs.");
  if (offered.state !== "ok")
    return notVerified(
      version,
      `Whether Kubernetes ${own} is still supported: the versions that AKS offers in ${location} cannot be read ${whyUnread(offered)}.`,
    );
  const official = offered.value.flatMap((one) => (one.isOfficial && !one.isPreview ? [{ ...one, minor: minorOf(one.version) ?? 0 }] : []));
  const supported = official.sort((a, b) => b.minor - a.minor).slice(0, supportedAtOnce);
  const [has, newest, oldest] = [minorOf(own), supported[0], supported.at(-1)];
  if (has === null || newest === undefined || oldest === undefined)
    return notVerified(version, `Whether Kubernetes ${own} is supported is not known.`);
  const list = supported.map((one) => one.version).join(", ");
  const rule = `Azure ML supports the newest version of AKS and the two before it, in ${location} ${list}`;
  if (has < oldest.minor) return warn(version, `The cluster runs Kubernetes ${own}. ${rule}.`, "Upgrade the cluster first.");
  if (has > newest.minor)
    return warn(
      version,
      `The cluster runs Kubernetes ${own}, which AKS has as a preview. ${rule}.`,
      "Try it on a cluster for tests first.",
    );
  return ok(version, `Kubernetes ${own} is supported: AKS has ${list} in ${location}.`);
}

/** Major and minor version as one number that grows with them. */
function minorOf(version: string): number | null {
  const [, major, minor] = /^v?(\d{1,3})\.(\d{1,4})/.exec(version) ?? [];
  return major === undefined || minor === undefined ? null : Number(major) * 10_000 + Number(minor);
}

// Azure/AML-Kubernetes, docs/azureml-aks-ta-support.md.
function reachOf({ isPrivate, publicFqdnDisabled, authorizedIpRanges }: Cluster): PreflightCheck {
  if (isPrivate && publicFqdnDisabled)
    return block(
      reach,
      "The cluster is private and its public FQDN is switched off: Azure ML cannot find its API server.",
      "Switch the public FQDN on: az aks update --enable-public-fqdn. The API server stays private.",
    );
  if (isPrivate) return ok(reach, "The cluster is private with a public FQDN: Azure ML comes in by Trusted Access.");
  if (authorizedIpRanges !== null)
    return ok(reach, "The API server takes authorized IP ranges only: Azure ML comes in by Trusted Access, whatever the ranges are.");
  return ok(reach, "The API server can be reached.");
}

// The attach page of Learn says that local accounts must be on, the Trusted Access page of AML-Kubernetes that they need not be.
function accountsOf({ localAccountsDisabled, isPrivate, authorizedIpRanges }: Cluster, attachBinds: boolean): PreflightCheck {
  const special = localAccountsDisabled || isPrivate || authorizedIpRanges !== null;
  if (special && attachBinds)
    return warn(
      accounts,
      "Azure ML reaches this cluster by the role binding alone, and a compute that is attached before the binding is in effect does not work.",
      "Let the plan make the binding before the attach.",
    );
  if (localAccountsDisabled)
    return warn(
      accounts,
      "Local accounts are switched off. Microsoft's pages contradict each other here: by the one on Trusted Access the role binding is enough.",
      "Rely on the binding. If the attach still fails for want of a static credential, detach and attach again once the binding is in effect.",
    );
  return ok(accounts, "Nothing about the cluster's accounts stands in the way.");
}
