import type { ArmResource } from "../state/shapes";
import type { ClusterSeed } from "./cluster-seeds";
import { nodeGroupOf, outboundProfile } from "./outbound";
import { clusterId, groupId, guidOf, tenantId, uidOf } from "./ids";

/** The cluster as ARM answers it. `generation` tells a cluster from an earlier one of its name: it gives another `resourceUID`. */
export function clusterResource(seed: ClusterSeed, generation = 0): ArmResource {
  const id = clusterId(seed.subscriptionId, seed.group, seed.name);
  const dns = `${seed.name}-dns-${uidOf(`dns:${id}`).slice(0, 8)}`;
  const host = seed.private === true ? `privatelink.${seed.location}.azmk8s.io` : `hcp.${seed.location}.azmk8s.io`;
  return {
    id,
    name: seed.name,
    type: "Microsoft.ContainerService/ManagedClusters",
    location: seed.location,
    tags: seed.tags,
    sku: { name: "Base", tier: seed.tags.environment === "production" ? "Standard" : "Free" },
    ...(seed.servicePrincipal === true ? {} : { identity: identityOf(seed, id) }),
    eTag: guidOf(`etag:${id}#${generation}`),
    properties: {
      provisioningState: "Succeeded",
      powerState: { code: seed.stopped === true ? "Stopped" : "Running" },
      kubernetesVersion: seed.version,
      currentKubernetesVersion: seed.version,
      dnsPrefix: `${seed.name}-dns`,
      ...(seed.publicFqdnOff === true ? {} : { fqdn: `${dns}.hcp.${seed.location}.azmk8s.io` }),
      ...(seed.private === true ? { privateFQDN: `${dns}.${uidOf(id).slice(0, 8)}.${host}` } : {}),
      azurePortalFQDN: `${dns}.portal.hcp.${seed.location}.azmk8s.io`,
      agentPoolProfiles: seed.pools.map((pool) => ({ eTag: guidOf(`etag:${id}#${generation}/${pool.name}`), ...poolOf(pool, seed) })),
      nodeResourceGroup: nodeGroupOf(seed),
      servicePrincipalProfile: { clientId: seed.servicePrincipal === true ? guidOf(`application:${id}`) : "msi" },
      enableRBAC: true,
      supportPlan: "KubernetesOfficial",
      networkProfile: {
        networkPlugin: "azure",
        networkPluginMode: "overlay",
        networkPolicy: "none",
        networkDataplane: "azure",
        podCidr: "10.244.0.0/16",
        serviceCidr: "10.0.0.0/16",
        dnsServiceIP: "10.0.0.10",
        ...outboundProfile(seed),
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
