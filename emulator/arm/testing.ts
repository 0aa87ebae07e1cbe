/** The settings of the extension as the az CLI would send them for a cluster: what was asked for, with what it derives from the cluster. */
export function cliSettings(clusterId: string, asked: Record<string, string>, location = locationOf(clusterId)): Record<string, string> {
  return {
    cluster_name: clusterId,
    clusterId,
    "prometheus.prometheusSpec.externalLabels.cluster_name": clusterId,
    cluster_name_friendly: clusterId.split("/").at(-1) ?? "",
    location,
    jobSchedulerLocation: location,
    domain: `${location}.cloudapp.azure.com`,
    "servicebus.enabled": "false",
    "relayserver.enabled": "false",
    "nginxIngress.enabled": "true",
    ...asked,
  };
}

function locationOf(clusterId: string): string {
  const name = clusterId.split("/").at(-1) ?? "";
  return (
    {
      "aks-chaos-mesh-aks": "eastus",
      "aks-data-science": "westus2",
      "aks-feature-store": "uksouth",
      "aks-legacy-batch": "centralus",
      "aks-ml-private": "westeurope",
      "aks-payments-prod": "westeurope",
    }[name] ?? "eastus2"
  );
}
