import { armLocation } from "@/lib/kernel/arm-location";
import type { ClusterFacts } from "./facts";
import { isGiven, isProtectedRef, isTrue, plainValueOf, sameText, type UncheckedInput, valueOf } from "./input";

/** A plain setting that Bindery adds, because the extension does not work without it and only the az CLI adds it by itself. */
export type DerivedSetting = {
  key: string;
  value: string;
  /** One sentence: where the value comes from. */
  reason: string;
  /** The person's own value, where it is replaced. */
  replaces?: string;
};

/** Namespace that the extension lives in, whatever is asked, as with the az CLI. */
export const releaseNamespace = "azureml";
/** Release train when none is asked for. */
export const defaultReleaseTrain = "stable";

/**
 * What the az CLI adds silently to the settings of a managed cluster, in its order. ARM, Bicep and Terraform add none of it, and an
 * installation without it fails its health check. A value of the person stays, with one exception, as with the CLI: `domain`.
 */
export function derivedSettings(input: UncheckedInput, cluster: ClusterFacts): DerivedSetting[] {
  return [
    ...ofFeatures(input),
    ...ofMigration(input),
    ...ofRouter(input),
    ...ofSecret(input),
    ...ofSmallCluster(input, cluster),
    ...ofCluster(input, cluster),
  ];
}

const absent = (input: UncheckedInput, one: DerivedSetting): DerivedSetting[] => (isGiven(input, one.key) ? [] : [one]);

function ofFeatures(input: UncheckedInput): DerivedSetting[] {
  return ["enableTraining", "enableInference"].flatMap((key) => {
    if (Object.hasOwn(input.settings, key)) return [];
    return [{ key, value: isTrue(valueOf(input, key)) ? "True" : "False", reason: "What is not asked for is switched off by name." }];
  });
}

function ofMigration(input: UncheckedInput): DerivedSetting[] {
  if (!asksInference(input) || !isTrue(valueOf(input, "isAKSMigration"))) return [];
  return [{ key: "scoringFe.namespace", value: "default", reason: "A migration takes over the router in the namespace default." }];
}

/** Which kind of address the inference router gets, in the chart's own words. */
function ofRouter(input: UncheckedInput): DerivedSetting[] {
  if (!asksInference(input)) return [];
  if (sameText(valueOf(input, "inferenceRouterServiceType"), "nodePort"))
    return [{ key: "scoringFe.serviceType.nodePort", value: "True", reason: "Because inferenceRouterServiceType is nodePort." }];
  if (sameText(valueOf(input, "internalLoadBalancerProvider"), "azure"))
    return [{ key: "scoringFe.serviceType.internalLoadBalancer", value: "True", reason: "Because internalLoadBalancerProvider is azure." }];
  return [];
}

/** The secret for HTTPS. Files come first when both are given. */
function ofSecret(input: UncheckedInput): DerivedSetting[] {
  const secret = valueOf(input, "sslSecret");
  const files = ["sslCertPemFile", "sslKeyPemFile"].every(
    (key) => Object.hasOwn(input.protected, key) && isProtectedRef(input.protected[key]),
  );
  if (secret === undefined || secret === "" || files || !asksInference(input) || isTrue(valueOf(input, "allowInsecureConnections")))
    return [];
  return [{ key: "scoringFe.sslSecret", value: secret, reason: "The same as sslSecret." }];
}

/** Fewer than three nodes cannot carry three routers. */
function ofSmallCluster(input: UncheckedInput, { nodeCount }: ClusterFacts): DerivedSetting[] {
  if (nodeCount === null || nodeCount >= 3) return [];
  const reason = `The cluster has ${nodeCount} ${nodeCount === 1 ? "node" : "nodes"}, fewer than three.`;
  return [
    ...absent(input, { key: "clusterPurpose", value: "DevTest", reason }),
    ...absent(input, { key: "inferenceRouterHA", value: "false", reason }),
  ];
}

function ofCluster(input: UncheckedInput, cluster: ClusterFacts): DerivedSetting[] {
  const location = armLocation(cluster.location);
  const id = plainValueOf(input, "cluster_name") ?? cluster.id;
  const off = "Managed clusters are reached without it.";
  return [
    ...absent(input, { key: "cluster_name", value: cluster.id, reason: "The cluster's ARM id." }),
    ofDomain(input, `${location}.cloudapp.azure.com`),
    ...absent(input, { key: "location", value: location, reason: "The cluster's region." }),
    ...absent(input, { key: "jobSchedulerLocation", value: location, reason: "The cluster's region." }),
    ...absent(input, { key: "cluster_name_friendly", value: cluster.name, reason: "The cluster's name." }),
    ...absent(input, { key: "servicebus.enabled", value: "false", reason: off }),
    ...absent(input, { key: "relayserver.enabled", value: "false", reason: off }),
    ...absent(input, { key: "nginxIngress.enabled", value: "true", reason: "Azure reaches a managed cluster through it." }),
    ...absent(input, { key: "clusterId", value: id, reason: "The same as cluster_name." }),
    ...absent(input, { key: "prometheus.prometheusSpec.externalLabels.cluster_name", value: id, reason: "The same as cluster_name." }),
  ];
}

function ofDomain(input: UncheckedInput, value: string): DerivedSetting {
  const own = plainValueOf(input, "domain");
  const replaces = own === undefined || own === value ? {} : { replaces: own };
  return { key: "domain", value, reason: "It follows from the cluster's region, whatever was asked.", ...replaces };
}

const asksInference = (input: UncheckedInput): boolean => isTrue(valueOf(input, "enableInference"));
