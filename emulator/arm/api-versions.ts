import { regions } from "../tenant/locations";
import { ArmError } from "./errors";

/** ARM's own types (subscriptions, groups, providers, locations): anything dated will do, as long as it is one of these. */
const core = [
  "2014-04-01",
  "2015-01-01",
  "2016-06-01",
  "2016-09-01",
  "2018-05-01",
  "2019-05-01",
  "2019-06-01",
  "2019-10-01",
  "2020-01-01",
  "2020-06-01",
  "2021-01-01",
  "2021-04-01",
  "2022-09-01",
  "2022-12-01",
  "2023-07-01",
  "2024-03-01",
  "2024-07-01",
  "2024-11-01",
  "2025-03-01",
  "2025-04-01",
];

/** Stable versions of the Trusted Access types and of clusters (Azure/bicep-types-az, every version that has the type), with a few previews. */
const containerService = [
  "2023-09-01",
  "2023-10-01",
  "2023-11-01",
  "2024-01-01",
  "2024-02-01",
  "2024-05-01",
  "2024-07-01",
  "2024-08-01",
  "2024-09-01",
  "2024-10-01",
  "2025-01-01",
  "2025-02-01",
  "2025-03-01",
  "2025-04-01",
  "2025-05-01",
  "2025-07-01",
  "2025-08-01",
  "2025-09-01",
  "2025-10-01",
  "2026-01-01",
  "2026-02-01",
  "2026-03-01",
  "2026-04-01",
  "2026-05-01",
  "2025-09-02-preview",
  "2026-05-02-preview",
];

/** Of `Microsoft.Network`; the last is what @azure/arm-network 36.0.0 sends. */
const network = [
  "2023-09-01",
  "2023-11-01",
  "2024-01-01",
  "2024-03-01",
  "2024-05-01",
  "2024-07-01",
  "2024-10-01",
  "2025-01-01",
  "2025-03-01",
  "2025-05-01",
];

/** Accepted api-versions by `namespace/type`, lower case. */
const versions: Record<string, string[]> = {
  "microsoft.resources/core": core,
  "microsoft.resources/subscriptions": core,
  "microsoft.resources/resourcegroups": core,
  "microsoft.resources/providers": core,
  "microsoft.resources/tenants": core,
  "microsoft.containerservice/managedclusters": containerService,
  "microsoft.containerservice/managedclusters/trustedaccessrolebindings": containerService,
  "microsoft.containerservice/locations/trustedaccessroles": containerService,
  "microsoft.containerservice/locations/kubernetesversions": containerService,
  "microsoft.containerservice/locations/operations": containerService,
  "microsoft.containerservice/locations/operationresults": containerService,
  "microsoft.machinelearningservices/workspaces": [
    "2022-05-01",
    "2022-10-01",
    "2023-04-01",
    "2023-10-01",
    "2024-04-01",
    "2024-07-01",
    "2024-10-01",
    "2025-04-01",
    "2025-06-01",
    "2025-09-01",
  ],
  "microsoft.machinelearningservices/workspaces/computes": [
    "2022-05-01",
    "2022-10-01",
    "2023-04-01",
    "2023-10-01",
    "2024-04-01",
    "2024-07-01",
    "2024-10-01",
    "2025-04-01",
    "2025-06-01",
    "2025-09-01",
    "2025-12-01",
  ],
  "microsoft.kubernetesconfiguration/extensions": ["2023-05-01", "2024-11-01", "2025-03-01"],
  "microsoft.features/features": ["2015-12-01", "2021-07-01"],
  "microsoft.resources/deployments": ["2020-10-01", "2021-04-01", "2022-09-01", "2023-07-01", "2024-03-01", "2024-11-01", "2025-04-01"],
  "microsoft.storage/storageaccounts": ["2021-09-01", "2022-09-01", "2023-01-01", "2023-05-01", "2024-01-01", "2025-01-01"],
  "microsoft.keyvault/vaults": ["2021-10-01", "2022-07-01", "2023-02-01", "2023-07-01", "2024-11-01"],
  "microsoft.insights/components": ["2015-05-01", "2020-02-02"],
  "microsoft.containerregistry/registries": ["2022-12-01", "2023-07-01", "2025-04-01"],
  "microsoft.network/locations/servicetags": network,
  "microsoft.network/publicipaddresses": network,
  "microsoft.dataprotection/backupvaults": ["2023-05-01", "2023-11-01", "2024-04-01", "2025-01-01", "2025-07-01", "2025-09-01"],
  "microsoft.security/pricings": ["2018-06-01", "2022-03-01", "2023-01-01", "2024-01-01"],
  "microsoft.security/pricings/securityoperators": ["2023-01-01-preview"],
  "microsoft.managedidentity/userassignedidentities": ["2018-11-30", "2023-01-31", "2024-11-30"],
  "microsoft.authorization/permissions": ["2015-07-01", "2018-07-01", "2022-04-01", "2022-05-01-preview"],
  "microsoft.authorization/roleassignments": ["2015-07-01", "2018-09-01-preview", "2020-04-01-preview", "2020-10-01-preview", "2022-04-01"],
  "microsoft.authorization/roledefinitions": ["2015-07-01", "2018-01-01-preview", "2022-04-01", "2022-05-01-preview"],
  "microsoft.authorization/locks": ["2015-01-01", "2016-09-01", "2017-04-01", "2020-05-01"],
  "microsoft.resourcegraph/resources": ["2018-09-01-preview", "2019-04-01", "2021-03-01", "2021-06-01-preview", "2022-10-01", "2024-04-01"],
};

/** Namespaces and their types, as `/providers` answers them. */
export function providerTypes(): Map<string, { resourceType: string; apiVersions: string[] }[]> {
  const spelled: Record<string, string[]> = {
    "Microsoft.ContainerService": [
      "managedClusters",
      "managedClusters/trustedAccessRoleBindings",
      "locations/trustedAccessRoles",
      "locations/kubernetesVersions",
      "locations/operations",
      "locations/operationresults",
    ],
    "Microsoft.MachineLearningServices": ["workspaces", "workspaces/computes"],
    "Microsoft.DataProtection": ["backupVaults"],
    "Microsoft.Security": ["pricings", "pricings/securityOperators"],
    "Microsoft.Authorization": ["permissions", "roleAssignments", "roleDefinitions", "locks"],
    "Microsoft.ResourceGraph": ["resources"],
    "Microsoft.Resources": ["subscriptions", "resourceGroups", "providers", "tenants", "deployments"],
    "Microsoft.ManagedIdentity": ["userAssignedIdentities"],
    "Microsoft.KubernetesConfiguration": ["extensions"],
    "Microsoft.Features": ["features"],
    "Microsoft.Storage": ["storageAccounts"],
    "Microsoft.KeyVault": ["vaults"],
    "Microsoft.Insights": ["components"],
    "Microsoft.ContainerRegistry": ["registries"],
    "Microsoft.Network": ["locations/serviceTags", "publicIPAddresses"],
  };
  const types = Object.entries(spelled).map(([namespace, names]) => {
    const rows = names.map((resourceType) => ({
      resourceType,
      apiVersions: [...(versions[`${namespace}/${resourceType}`.toLowerCase()] ?? [])].sort().reverse(),
    }));
    return [namespace, rows] as const;
  });
  return new Map(types);
}

/** True for a `namespace/type` that this ARM knows. */
export function knowsType(type: string): boolean {
  return type.toLowerCase() in versions;
}

/**
 * The api-version of a call for a type. Throws 400 `MissingApiVersionParameter`, `InvalidApiVersionParameter` (ARM's own types)
 * or `NoRegisteredProviderFound` (a provider's types), as ARM does.
 */
export function checkApiVersion(query: URLSearchParams, type: string, location: string | null): string {
  const asked = [...query].find(([name]) => name.toLowerCase() === "api-version")?.[1] ?? "";
  if (asked === "")
    throw new ArmError(400, "MissingApiVersionParameter", "The api-version query parameter (?api-version=) is required for all requests.");
  const known = versions[type.toLowerCase()] ?? [];
  if (known.includes(asked.toLowerCase())) return asked;
  const list = [...known].sort().reverse();
  if (type.toLowerCase() === "microsoft.resources/core") {
    throw new ArmError(
      400,
      "InvalidApiVersionParameter",
      `The api-version '${asked}' is invalid. The supported versions are '${list.join(",")}'.`,
    );
  }
  const [, ...rest] = type.split("/");
  const where = location === null ? "" : `location '${location}' and `;
  throw new ArmError(
    400,
    "NoRegisteredProviderFound",
    `No registered resource provider found for ${where}API version '${asked}' for type '${rest.join("/")}'. The supported api-versions are '${list.join(", ")}'. The supported locations are '${regions.map((one) => one.name).join(", ")}'.`,
  );
}
