/** Azure actions of the writes and waits of a deployment (resource provider operations of each service). */
export const actions = {
  register: (namespace: string) => `${namespace}/register/action`,
  writeExtension: "Microsoft.KubernetesConfiguration/extensions/write",
  readExtension: "Microsoft.KubernetesConfiguration/extensions/read",
  deleteExtension: "Microsoft.KubernetesConfiguration/extensions/delete",
  writeCompute: "Microsoft.MachineLearningServices/workspaces/computes/write",
  readCompute: "Microsoft.MachineLearningServices/workspaces/computes/read",
  deleteCompute: "Microsoft.MachineLearningServices/workspaces/computes/delete",
  writeDeployment: "Microsoft.Resources/deployments/write",
  runCommand: "Microsoft.ContainerService/managedClusters/runcommand/action",
  clusterUser: "Microsoft.ContainerService/managedClusters/listClusterUserCredential/action",
} as const;
