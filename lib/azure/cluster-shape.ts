import { z } from "zod";
import { armLocation } from "@/lib/kernel/arm-location";
import { parseResourceId } from "@/lib/kernel/resource-id";
import type { Cluster } from "./types";

const text = z.string().nullish();
const flag = z.boolean().nullish();

/** A managed cluster as ARM writes it; GET, LIST and Resource Graph agree on it. Only what Bindery reads is named. */
const ArmCluster = z.object({
  id: z.string(),
  name: z.string(),
  location: z.string(),
  tags: z.record(z.string(), z.string()).nullish(),
  identity: z.object({ type: text }).nullish(),
  properties: z.object({
    kubernetesVersion: text,
    currentKubernetesVersion: text,
    provisioningState: text,
    powerState: z.object({ code: text }).nullish(),
    fqdn: text,
    privateFQDN: text,
    apiServerAccessProfile: z
      .object({
        enablePrivateCluster: flag,
        enablePrivateClusterPublicFQDN: flag,
        disableRunCommand: flag,
        authorizedIPRanges: z.array(z.string()).nullish(),
      })
      .nullish(),
    disableLocalAccounts: flag,
    aadProfile: z.object({ managed: flag, enableAzureRBAC: flag }).nullish(),
    networkProfile: z.object({ outboundType: text }).nullish(),
    agentPoolProfiles: z
      .array(
        z.object({
          name: z.string(),
          mode: text,
          count: z.number().nullish(),
          vmSize: text,
          minCount: z.number().nullish(),
          maxCount: z.number().nullish(),
          powerState: z.object({ code: text }).nullish(),
          currentOrchestratorVersion: text,
          orchestratorVersion: text,
          nodeLabels: z.record(z.string(), z.string()).nullish(),
          nodeTaints: z.array(z.string()).nullish(),
          osType: text,
        }),
      )
      .nullish(),
    resourceUID: text,
  }),
});
type Pool = NonNullable<z.infer<typeof ArmCluster>["properties"]["agentPoolProfiles"]>[number];

/** A cluster from ARM's JSON. Throws ZodError for JSON that is no managed cluster. */
export function clusterOf(json: unknown): Cluster {
  const { id, name, location, tags, identity, properties: own } = ArmCluster.parse(json);
  const parts = parseResourceId(id);
  const access = own.apiServerAccessProfile;
  const isPrivate = access?.enablePrivateCluster ?? false;
  return {
    id,
    name,
    subscriptionId: (parts.subscriptionId ?? "").toLowerCase(),
    resourceGroup: parts.resourceGroup ?? "",
    location: armLocation(location),
    tags: tags ?? {},
    kubernetesVersion: own.currentKubernetesVersion ?? own.kubernetesVersion ?? null,
    provisioningState: own.provisioningState ?? "Unknown",
    powerState: own.powerState?.code ?? null,
    fqdn: own.fqdn ?? null,
    privateFqdn: own.privateFQDN ?? null,
    isPrivate,
    publicFqdnDisabled: isPrivate && access?.enablePrivateClusterPublicFQDN === false,
    // An empty list means the same as none: the API server is open to every address.
    authorizedIpRanges: access?.authorizedIPRanges?.length ? access.authorizedIPRanges : null,
    runCommand: access?.disableRunCommand === true ? "off" : "on",
    localAccountsDisabled: own.disableLocalAccounts ?? false,
    entraManaged: own.aadProfile?.managed ?? false,
    azureRbac: own.aadProfile?.enableAzureRBAC ?? false,
    outboundType: own.networkProfile?.outboundType ?? null,
    nodePools: (own.agentPoolProfiles ?? []).map(poolOf),
    identityType: identity?.type ?? null,
    resourceUid: own.resourceUID ?? null,
  };
}

function poolOf(pool: Pool): Cluster["nodePools"][number] {
  return {
    name: pool.name,
    mode: pool.mode ?? "User",
    count: pool.count ?? 0,
    vmSize: pool.vmSize ?? "unknown",
    minCount: pool.minCount ?? null,
    maxCount: pool.maxCount ?? null,
    powerState: pool.powerState?.code ?? null,
    kubernetesVersion: pool.currentOrchestratorVersion ?? pool.orchestratorVersion ?? null,
    nodeLabels: pool.nodeLabels ?? {},
    nodeTaints: pool.nodeTaints ?? [],
    osType: pool.osType?.toLowerCase() === "windows" ? "Windows" : "Linux",
  };
}
