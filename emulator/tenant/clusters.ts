import type { ArmResource } from "../state/shapes";
import { clusterId, groupId, guidOf, subscriptionIds, tenantId, uidOf } from "./ids";

/** What is particular about a cluster; everything else is alike. */
export type ClusterSeed = {
  subscriptionId: string;
  group: string;
  name: string;
  location: string;
  tags: Record<string, string>;
  version: string;
  pools: { name: string; mode: "System" | "User"; count: number; vmSize: string; min?: number; max?: number }[];
  authorizedIpRanges?: string[];
  localAccountsOff?: boolean;
  azureRbac?: boolean;
  entra?: boolean;
  private?: boolean;
  publicFqdnOff?: boolean;
  stopped?: boolean;
  outboundType?: string;
  userIdentity?: boolean;
  extra?: Record<string, unknown>;
};

const { dev, prod, data } = subscriptionIds;

/** The clusters of the story; which of them is in which plight is told in the tags and in `story.ts`. */
export const clusterSeeds: ClusterSeed[] = [
  {
    subscriptionId: dev,
    group: "aks-chaos-mesh-rg",
    name: "aks-chaos-mesh-aks",
    location: "eastus",
    tags: { environment: "development", owner: "chaos-engineering", repository: "aks-chaos-engineer" },
    version: "1.33.5",
    pools: [{ name: "agentpool", mode: "System", count: 2, vmSize: "Standard_D2s_v3" }],
  },
  {
    subscriptionId: prod,
    group: "rg-ml-prod",
    name: "aks-ml-prod",
    location: "eastus2",
    tags: { environment: "production", owner: "ml-platform", costCenter: "4711" },
    version: "1.33.5",
    pools: [
      { name: "system", mode: "System", count: 3, vmSize: "Standard_D4ds_v5" },
      { name: "inference", mode: "User", count: 4, vmSize: "Standard_D8ds_v5", min: 2, max: 10 },
      { name: "gpu", mode: "User", count: 1, vmSize: "Standard_NC8as_T4_v3", min: 0, max: 4 },
    ],
    authorizedIpRanges: ["20.62.128.0/24", "20.62.134.76/31", "203.0.113.0/28", "198.51.100.17/32"],
    localAccountsOff: true,
    azureRbac: true,
    userIdentity: true,
  },
  {
    subscriptionId: prod,
    group: "rg-ml-prod-private",
    name: "aks-ml-private",
    location: "westeurope",
    tags: { environment: "production", owner: "ml-platform", exposure: "private" },
    version: "1.32.9",
    pools: [
      { name: "system", mode: "System", count: 3, vmSize: "Standard_D4ds_v5" },
      { name: "training", mode: "User", count: 2, vmSize: "Standard_D16ds_v5", min: 0, max: 8 },
    ],
    private: true,
    publicFqdnOff: true,
    localAccountsOff: true,
    azureRbac: true,
    outboundType: "userDefinedRouting",
    userIdentity: true,
  },
  {
    subscriptionId: dev,
    group: "rg-ml-sandbox",
    name: "aks-ml-sandbox",
    location: "eastus",
    tags: { environment: "development", owner: "ml-platform", schedule: "weekdays" },
    version: "1.32.9",
    pools: [{ name: "nodepool1", mode: "System", count: 2, vmSize: "Standard_D4s_v5" }],
    stopped: true,
  },
  {
    subscriptionId: prod,
    group: "rg-ml-shared",
    name: "aks-ml-shared",
    location: "eastus2",
    tags: { environment: "production", owner: "ml-platform", tenancy: "shared" },
    version: "1.33.5",
    pools: [
      { name: "system", mode: "System", count: 3, vmSize: "Standard_D4ds_v5" },
      { name: "shared", mode: "User", count: 6, vmSize: "Standard_D8ds_v5", min: 3, max: 12 },
    ],
    authorizedIpRanges: ["203.0.113.0/28"],
    azureRbac: true,
  },
  {
    subscriptionId: prod,
    group: "rg-payments-prod",
    name: "aks-payments-prod",
    location: "westeurope",
    tags: { environment: "production", owner: "payments", criticality: "high" },
    version: "1.33.5",
    pools: [
      { name: "system", mode: "System", count: 3, vmSize: "Standard_D4ds_v5" },
      { name: "payments", mode: "User", count: 5, vmSize: "Standard_E4ds_v5", min: 3, max: 9 },
    ],
    authorizedIpRanges: ["203.0.113.0/28", "192.0.2.64/27"],
    localAccountsOff: true,
    azureRbac: true,
  },
  {
    subscriptionId: data,
    group: "rg-data-science",
    name: "aks-data-science",
    location: "westus2",
    tags: { environment: "development", owner: "data-science" },
    version: "1.32.9",
    pools: [{ name: "nodepool1", mode: "System", count: 3, vmSize: "Standard_D8s_v5", min: 1, max: 5 }],
  },
  {
    subscriptionId: data,
    group: "rg-feature-store",
    name: "aks-feature-store",
    location: "uksouth",
    tags: { environment: "test", owner: "feature-store" },
    version: "1.32.9",
    pools: [{ name: "nodepool1", mode: "System", count: 2, vmSize: "Standard_D4s_v5" }],
    localAccountsOff: true,
  },
  {
    subscriptionId: dev,
    group: "rg-ml-ci",
    name: "aks-ml-ci",
    location: "eastus2",
    tags: { environment: "test", owner: "ml-platform", purpose: "pipelines" },
    version: "1.33.5",
    pools: [{ name: "nodepool1", mode: "System", count: 1, vmSize: "Standard_D4s_v5", min: 1, max: 3 }],
  },
  {
    subscriptionId: dev,
    group: "rg-legacy",
    name: "aks-legacy-batch",
    location: "centralus",
    tags: { owner: "unknown" },
    version: "1.30.14",
    pools: [{ name: "nodepool1", mode: "System", count: 2, vmSize: "Standard_DS2_v2" }],
    entra: false,
  },
];

/** The cluster as ARM answers it. `generation` tells a cluster from an earlier one of its name: it gives another `resourceUID`. */
export function clusterResource(seed: ClusterSeed, generation = 0): ArmResource {
  const id = clusterId(seed.subscriptionId, seed.group, seed.name);
  const dns = `${seed.name}-dns-${uidOf(`dns:${id}`).slice(0, 8)}`;
  const nodeGroup = `MC_${seed.group}_${seed.name}_${seed.location}`;
  const host = seed.private === true ? `privatelink.${seed.location}.azmk8s.io` : `hcp.${seed.location}.azmk8s.io`;
  return {
    id,
    name: seed.name,
    type: "Microsoft.ContainerService/ManagedClusters",
    location: seed.location,
    tags: seed.tags,
    sku: { name: "Base", tier: seed.tags.environment === "production" ? "Standard" : "Free" },
    identity: identityOf(seed, id),
    properties: {
      provisioningState: "Succeeded",
      powerState: { code: seed.stopped === true ? "Stopped" : "Running" },
      kubernetesVersion: seed.version,
      currentKubernetesVersion: seed.version,
      dnsPrefix: `${seed.name}-dns`,
      ...(seed.publicFqdnOff === true ? {} : { fqdn: `${dns}.hcp.${seed.location}.azmk8s.io` }),
      ...(seed.private === true ? { privateFQDN: `${dns}.${uidOf(id).slice(0, 8)}.${host}` } : {}),
      azurePortalFQDN: `${dns}.portal.hcp.${seed.location}.azmk8s.io`,
      agentPoolProfiles: seed.pools.map((pool) => poolOf(pool, seed)),
      nodeResourceGroup: nodeGroup,
      enableRBAC: true,
      supportPlan: "KubernetesOfficial",
      networkProfile: {
        networkPlugin: "azure",
        networkPluginMode: "overlay",
        networkPolicy: "none",
        networkDataplane: "azure",
        loadBalancerSku: "standard",
        podCidr: "10.244.0.0/16",
        serviceCidr: "10.0.0.0/16",
        dnsServiceIP: "10.0.0.10",
        outboundType: seed.outboundType ?? "loadBalancer",
        podCidrs: ["10.244.0.0/16"],
        serviceCidrs: ["10.0.0.0/16"],
        ipFamilies: ["IPv4"],
      },
      ...(seed.entra === false
        ? {}
        : { aadProfile: { managed: true, enableAzureRBAC: seed.azureRbac ?? false, tenantID: tenantId, adminGroupObjectIDs: [] } }),
      apiServerAccessProfile: accessProfile(seed),
      disableLocalAccounts: seed.localAccountsOff ?? false,
      maxAgentPools: 100,
      autoUpgradeProfile: { nodeOSUpgradeChannel: "NodeImage" },
      securityProfile: {},
      storageProfile: { diskCSIDriver: { enabled: true }, fileCSIDriver: { enabled: true }, snapshotController: { enabled: true } },
      oidcIssuerProfile: { enabled: false },
      workloadAutoScalerProfile: {},
      metricsProfile: { costAnalysis: { enabled: false } },
      bootstrapProfile: { artifactSource: "Direct" },
      resourceUID: uidOf(`${id}#${generation}`),
      ...seed.extra,
    },
  };
}

function identityOf(seed: ClusterSeed, id: string): ArmResource["identity"] {
  if (seed.userIdentity !== true) return { type: "SystemAssigned", principalId: guidOf(`principal:${id}`), tenantId };
  const own = `${groupId(seed.subscriptionId, seed.group)}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-${seed.name}`;
  return {
    type: "UserAssigned",
    userAssignedIdentities: { [own]: { principalId: guidOf(`principal:${own}`), clientId: guidOf(`client:${own}`) } },
  };
}

function accessProfile(seed: ClusterSeed): Record<string, unknown> {
  if (seed.private === true)
    return { enablePrivateCluster: true, privateDNSZone: "system", enablePrivateClusterPublicFQDN: seed.publicFqdnOff !== true };
  return seed.authorizedIpRanges === undefined ? {} : { authorizedIPRanges: seed.authorizedIpRanges };
}

function poolOf(pool: ClusterSeed["pools"][number], seed: ClusterSeed): Record<string, unknown> {
  return {
    name: pool.name,
    count: seed.stopped === true ? 0 : pool.count,
    vmSize: pool.vmSize,
    osDiskSizeGB: 128,
    osDiskType: "Managed",
    kubeletDiskType: "OS",
    maxPods: 250,
    type: "VirtualMachineScaleSets",
    ...(pool.max === undefined ? {} : { enableAutoScaling: true, minCount: pool.min, maxCount: pool.max }),
    provisioningState: "Succeeded",
    powerState: { code: seed.stopped === true ? "Stopped" : "Running" },
    orchestratorVersion: seed.version,
    currentOrchestratorVersion: seed.version,
    enableNodePublicIP: false,
    mode: pool.mode,
    osType: "Linux",
    osSKU: "Ubuntu",
    nodeImageVersion: "AKSUbuntu-2204gen2containerd-202510.19.1",
    upgradeSettings: { maxSurge: "10%" },
    enableFIPS: false,
  };
}
