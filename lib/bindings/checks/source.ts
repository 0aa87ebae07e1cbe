import type { Precondition } from "@/lib/plans/plan";
import type { SourceResource } from "@/lib/azure/types";
import { armLocation } from "@/lib/kernel/arm-location";
import { resourceTypeOf, subscriptionOf } from "@/lib/kernel/resource-id";
import { isWorkspace, sourceWords } from "../source-words";
import { block, type Check, type CheckInput, clusterOf, notVerified, ok, warn, whyUnread } from "./check";

const exists = { key: "source", label: "Source", field: "sourceResourceId" } as const;
const identity = { key: "source-identity", label: "Source's identity", field: "sourceResourceId" } as const;
const subscription = { key: "subscription", label: "Subscription", field: "sourceResourceId" } as const;
const tenant = { key: "tenant", label: "Tenant", field: "sourceResourceId" } as const;
const region = { key: "region", label: "Region", field: "sourceResourceId" } as const;
const clouds = { key: "cloud", label: "Cloud", field: "sourceResourceId" } as const;

/** The source: there, with an identity that can sign in, in a place from which the cluster can be reached. A revoke asks nothing of it. */
export const checkSource: Check = (input) => {
  if (input.intent.input.kind === "binding-revoke" || input.intent.sourceResourceId === null) return [];
  const source = input.intent.sourceResourceId;
  return [
    ...existence(input, source),
    ...sameSubscription(input, source),
    ...sameTenant(input, source),
    ...sameRegion(input, source),
    ...inCloud(input, source),
  ];
};

function existence({ facts, intent }: CheckInput, id: string): Precondition[] {
  const { source } = facts;
  if (source.state === "absent") {
    const remedy =
      intent.input.kind === "binding-update" && !intent.replaces
        ? "Revoke the binding: nobody can use it."
        : "Check the id, or make the resource first.";
    return [block(exists, `${sourceWords(id)} does not exist.`, remedy)];
  }
  if (source.state !== "ok")
    return [
      notVerified(exists, `Whether the source exists: it cannot be read ${whyUnread(source)}.`),
      notVerified(identity, "Which identity the source has is not known."),
    ];
  return [ok(exists, `${sourceWords(id)} exists.`), identityOf(source.value)];
}

// Trusted Access signs in as the source's system-assigned identity (azure-aks-docs, trusted-access-feature). A workspace with a
// user-assigned one works when that identity has Contributor on the cluster (azure-ai-docs, how-to-attach-kubernetes-to-workspace).
function identityOf(source: SourceResource): Precondition {
  const { type } = source.identity;
  // Defender's operators are reached by Microsoft's own identity; the plan resource shows none.
  if (source.type.toLowerCase().startsWith("microsoft.security/")) return ok(identity, "Microsoft Defender uses an identity of its own.");
  if (type.includes("SystemAssigned")) return ok(identity, "The source has a system-assigned identity, which Trusted Access uses.");
  if (type === "UserAssigned")
    return warn(
      identity,
      "The source has only a user-assigned identity. It works when that identity has Contributor on the cluster.",
      "Give the identity Contributor on the cluster, or switch on the system-assigned identity.",
    );
  return warn(
    identity,
    "The source has no managed identity: Trusted Access has nothing to sign in as, so the binding would be of no use.",
    "Switch on the source's system-assigned identity.",
  );
}

function sameSubscription({ intent }: CheckInput, source: string): Precondition[] {
  const own = subscriptionOf(intent.input.clusterId);
  if (subscriptionOf(source) === own) return [ok(subscription, "Source and cluster are in the same subscription.")];
  if (isWorkspace(source)) {
    return [
      warn(
        subscription,
        "The workspace is in another subscription than the cluster. Azure Machine Learning does not support that: the binding may be refused, and the attach fails.",
        "Use a workspace in the cluster's subscription.",
      ),
    ];
  }
  return [
    warn(
      subscription,
      "The source is in another subscription than the cluster. Microsoft documents Trusted Access within one subscription; some services accept two.",
      "Ask the service's own documentation before relying on it.",
    ),
  ];
}

function sameTenant({ facts, tenantId }: CheckInput, source: string): Precondition[] {
  const id = subscriptionOf(source);
  const seen = facts.subscriptions.find((candidate) => candidate.id.toLowerCase() === id)?.tenantId;
  const known = facts.source.state === "ok" ? (facts.source.value.tenantId ?? facts.source.value.identity.tenantId) : null;
  const found = seen ?? known;
  if (found == null)
    return [
      notVerified(tenant, "Whether the source is in this tenant is not known: its subscription cannot be read with your Azure rights."),
    ];
  if (found.toLowerCase() !== tenantId.toLowerCase())
    return [
      block(tenant, "The source belongs to another Entra tenant.", "Trusted Access works within one tenant: use a source of this tenant."),
    ];
  return [ok(tenant, "Source and cluster are in the same tenant.")];
}

// Azure Backup wants vault and cluster in one region (azure-docs, azure-kubernetes-service-cluster-backup-support-matrix).
function sameRegion({ facts }: CheckInput, source: string): Precondition[] {
  const cluster = clusterOf(facts);
  if (!resourceTypeOf(source).toLowerCase().startsWith("microsoft.dataprotection/backupvaults") || cluster === null) return [];
  if (facts.source.state !== "ok" || facts.source.value.location === null)
    return [notVerified(region, "Whether vault and cluster are in one region is not known.")];
  if (armLocation(facts.source.value.location) === armLocation(cluster.location))
    return [ok(region, "Vault and cluster are in the same region.")];
  return [
    warn(
      region,
      `The vault is in ${facts.source.value.location}, the cluster in ${cluster.location}. Azure Backup wants both in one region.`,
      "Use a vault in the cluster's region.",
    ),
  ];
}

// Azure/AML-Kubernetes, azureml-aks-ta-support: public cloud only.
function inCloud({ cloud }: CheckInput, source: string): Precondition[] {
  if (!isWorkspace(source) || (cloud !== "AzureUSGovernment" && cloud !== "AzureChina")) return [];
  return [
    warn(
      clouds,
      "Azure Machine Learning over Trusted Access is documented for the public cloud only.",
      "Ask Microsoft support before relying on it in this cloud.",
    ),
  ];
}
