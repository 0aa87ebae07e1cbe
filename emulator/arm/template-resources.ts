import type { ArmResource } from "../state/shapes";
import { guidOf, keyOf, tenantId } from "../tenant/ids";
import type { World } from "../world";
import type { Wanted } from "./template";

type Refusal = { code: string; message: string };
type Maker = {
  tookMs: number;
  check: (world: World, wanted: Wanted, made: ArmResource) => Refusal | null;
  fill: (made: ArmResource) => Record<string, unknown>;
};

const none = () => null;
const plain = (tookMs: number, fill: Maker["fill"] = () => ({})): Maker => ({ tookMs, check: none, fill });

/** The types that a template may make here: a Machine Learning workspace and what it needs. By type in lower case. Durations are an estimate. */
const makers: Record<string, Maker> = {
  "microsoft.storage/storageaccounts": {
    tookMs: 25_000,
    check: (world, wanted, made) => {
      if (!/^[a-z0-9]{3,24}$/.test(wanted.name))
        return {
          code: "AccountNameInvalid",
          message: `${wanted.name} is not a valid storage account name. Storage account name must be between 3 and 24 characters in length and use numbers and lower-case letters only.`,
        };
      return takenElsewhere(world, made)
        ? { code: "StorageAccountAlreadyTaken", message: `The storage account named ${wanted.name} is already taken.` }
        : null;
    },
    fill: (made) => ({
      primaryEndpoints: { blob: `https://${made.name}.blob.core.windows.net/`, file: `https://${made.name}.file.core.windows.net/` },
    }),
  },
  "microsoft.keyvault/vaults": {
    tookMs: 20_000,
    check: (world, wanted, made) =>
      takenElsewhere(world, made)
        ? {
            code: "VaultAlreadyExists",
            message: `The vault name '${wanted.name}' is already in use. Vault names are globally unique so it is possible that the name is already taken.`,
          }
        : null,
    fill: (made) => ({ vaultUri: `https://${made.name}.vault.azure.net/` }),
  },
  "microsoft.insights/components": plain(15_000, (made) => ({ AppId: guidOf(`app:${made.id}`) })),
  "microsoft.containerregistry/registries": plain(40_000, (made) => ({ loginServer: `${made.name}.azurecr.io` })),
  "microsoft.machinelearningservices/workspaces": { tookMs: 60_000, check: dependencies, fill: workspaceProperties },
};

/** The types that are made, spelled as Azure does. */
export function makesType(type: string): boolean {
  return type.toLowerCase() in makers;
}

/** How long a resource of the type takes, ms in Azure. */
export function durationOf(type: string): number {
  return makers[type.toLowerCase()]?.tookMs ?? 0;
}

/** The resource that is made of what a template wants, over what is there; or why not, as its provider says it. */
export function makeResource(world: World, wanted: Wanted): ArmResource | Refusal {
  const before = world.store.table("resources").get(keyOf(wanted.id));
  const maker = makers[wanted.type.toLowerCase()];
  const identity = wanted.resource.identity ?? before?.identity;
  const system = { principalId: before?.identity?.principalId ?? guidOf(`principal:${wanted.id}:${world.clock.now()}`), tenantId };
  const made: ArmResource = {
    ...before,
    ...wanted.resource,
    id: before?.id ?? wanted.id,
    name: wanted.name,
    type: wanted.type,
    tags: wanted.resource.tags ?? {},
    ...(identity === undefined ? {} : { identity: { ...identity, ...(identity.type.includes("SystemAssigned") ? system : {}) } }),
    properties: { ...before?.properties, ...wanted.resource.properties, provisioningState: "Succeeded" },
  };
  const refused = maker?.check(world, wanted, made) ?? null;
  return refused ?? { ...made, properties: { ...made.properties, ...maker?.fill(made) } };
}

/** Names of some types are unique in all of Azure. */
function takenElsewhere(world: World, made: ArmResource): boolean {
  const end = `/providers/${made.type}/${made.name}`.toLowerCase();
  return [...world.store.table("resources").keys()].some((key) => key.endsWith(end) && key !== keyOf(made.id));
}

/** A workspace names a storage account, a vault and its application insights, and they must be there when it is made. */
function dependencies(world: World, _wanted: Wanted, made: ArmResource): Refusal | null {
  for (const name of ["storageAccount", "keyVault", "applicationInsights"]) {
    const id = made.properties[name];
    if (typeof id !== "string" || id === "") return { code: "BadRequest", message: "Missing dependent resources in workspace json" };
    const isChanged = made.properties.workspaceId !== undefined;
    if (!isChanged && !world.store.table("resources").has(keyOf(id)))
      return { code: "BadRequest", message: `The ${name} '${id}' of the workspace does not exist.` };
  }
  return null;
}

function workspaceProperties(made: ArmResource): Record<string, unknown> {
  const location = (made.location ?? "").toLowerCase();
  return {
    friendlyName: made.properties.friendlyName ?? made.name,
    workspaceId: made.properties.workspaceId ?? guidOf(`workspace:${made.id}`),
    tenantId,
    discoveryUrl: `https://${location}.api.azureml.ms/discovery`,
    mlFlowTrackingUri: `azureml://${location}.api.azureml.ms/mlflow/v1.0${made.id}`,
    publicNetworkAccess: made.properties.publicNetworkAccess ?? "Enabled",
    v1LegacyMode: false,
  };
}
