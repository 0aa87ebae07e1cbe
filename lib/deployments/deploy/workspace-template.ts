import type { Json } from "@/lib/kernel/json";

const versions = { storage: "2023-05-01", vault: "2023-07-01", insights: "2020-02-02", workspace: "2024-04-01" };

/**
 * The template of a workspace and the three resources that it cannot be without (azure-ai-docs, how-to-create-workspace-template): a storage
 * account, a key vault and application insights, all in the workspace's resource group and region. Names that must be unique in all of Azure
 * come from the resource group's id, so that the same request gives the same names.
 */
export function workspaceTemplate(name: string, location: string): { template: Json; parameters: Json } {
  const unique = "uniqueString(resourceGroup().id, parameters('workspaceName'))";
  return {
    template: {
      $schema: "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
      contentVersion: "1.0.0.0",
      parameters: { workspaceName: { type: "string" }, location: { type: "string" } },
      variables: {
        storage: `[take(concat('mlst', ${unique}), 24)]`,
        vault: `[take(concat('mlkv', ${unique}), 24)]`,
        insights: "[concat(parameters('workspaceName'), '-insights')]",
      },
      resources: [
        {
          type: "Microsoft.Storage/storageAccounts",
          apiVersion: versions.storage,
          name: "[variables('storage')]",
          location: "[parameters('location')]",
          sku: { name: "Standard_LRS" },
          kind: "StorageV2",
          properties: { minimumTlsVersion: "TLS1_2", allowBlobPublicAccess: false, supportsHttpsTrafficOnly: true },
        },
        {
          type: "Microsoft.KeyVault/vaults",
          apiVersion: versions.vault,
          name: "[variables('vault')]",
          location: "[parameters('location')]",
          properties: {
            tenantId: "[subscription().tenantId]",
            sku: { family: "A", name: "standard" },
            enableRbacAuthorization: true,
            enableSoftDelete: true,
          },
        },
        {
          type: "Microsoft.Insights/components",
          apiVersion: versions.insights,
          name: "[variables('insights')]",
          location: "[parameters('location')]",
          kind: "web",
          properties: { Application_Type: "web" },
        },
        {
          type: "Microsoft.MachineLearningServices/workspaces",
          apiVersion: versions.workspace,
          name: "[parameters('workspaceName')]",
          location: "[parameters('location')]",
          identity: { type: "SystemAssigned" },
          dependsOn: [
            "[resourceId('Microsoft.Storage/storageAccounts', variables('storage'))]",
            "[resourceId('Microsoft.KeyVault/vaults', variables('vault'))]",
            "[resourceId('Microsoft.Insights/components', variables('insights'))]",
          ],
          properties: {
            friendlyName: "[parameters('workspaceName')]",
            storageAccount: "[resourceId('Microsoft.Storage/storageAccounts', variables('storage'))]",
            keyVault: "[resourceId('Microsoft.KeyVault/vaults', variables('vault'))]",
            applicationInsights: "[resourceId('Microsoft.Insights/components', variables('insights'))]",
          },
        },
      ],
    },
    parameters: { workspaceName: { value: name }, location: { value: location } },
  };
}
