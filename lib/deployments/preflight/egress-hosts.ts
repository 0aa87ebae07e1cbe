/**
 * Hosts of the public cloud that the nodes of a region must reach on port 443 for the extension and its jobs (Azure/AML-Kubernetes,
 * docs/network-requirements.md). A star stands for names of the customer's own resources. Images of the jobs themselves may need more.
 */
export function egressHosts(location: string): string[] {
  return [
    "login.microsoftonline.com",
    "management.azure.com",
    `${location}.dp.kubernetesconfiguration.azure.com`,
    "mcr.microsoft.com",
    "*.data.mcr.microsoft.com",
    `${location}.api.azureml.ms`,
    `*.workspace.${location}.api.azureml.ms`,
    `${location}.experiments.azureml.net`,
    "*.blob.core.windows.net",
    "*.queue.core.windows.net",
    "*.table.core.windows.net",
    "*.azurecr.io",
    "*.vault.azure.net",
  ];
}
