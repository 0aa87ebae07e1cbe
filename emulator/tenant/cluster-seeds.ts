import { machineLearningRanges, office, pipelines, portalNetwork } from "./cluster-ranges";
import { subscriptionIds } from "./ids";

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
  /** The cluster acts as a service principal and not as a managed identity. */
  servicePrincipal?: boolean;
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
    // The office, the pipelines, and what somebody once copied of Azure Machine Learning's ranges.
    authorizedIpRanges: [
      office,
      pipelines,
      ...machineLearningRanges("eastus2").slice(0, 4),
      ...machineLearningRanges("centralus").slice(0, 3),
    ],
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
    authorizedIpRanges: [office, ...machineLearningRanges("eastus2", "centralus")],
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
    // Half of one range of Azure Machine Learning, more than another, one of the paired region; the firewall that it goes out by is not in it.
    authorizedIpRanges: [office, "192.0.2.64/27", "13.69.64.192/29", "52.236.186.0/24", "20.82.244.0/28"],
    outboundType: "userDefinedRouting",
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
    authorizedIpRanges: ["AzureMachineLearning.WestUS2", office, portalNetwork],
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
    authorizedIpRanges: ["0.0.0.0/32"],
    entra: false,
    servicePrincipal: true,
  },
];
