import { AzureMachineLearningWorkspaces } from "@azure/arm-machinelearning";
import { ResourceManagementClient } from "@azure/arm-resources";
import { z } from "zod";
import { BinderyError, isBinderyError } from "@/lib/kernel/errors";
import { parseResourceId, type ResourceIdParts } from "@/lib/kernel/resource-id";
import { listOverSubscriptions } from "./partial-list";
import { type Arm, callArm, getPages, lastJson } from "./pipeline";
import { queries, queryGraph } from "./resource-graph";
import { readable } from "./readable";
import type { AzureCaller, PartialList, Readable, SourceResource, Workspace } from "./types";

const workspaceType = "microsoft.machinelearningservices/workspaces";
/** Default of @azure/arm-machinelearning 2.1.1. */
const workspaceApiVersion = "2022-10-01";

const ArmResource = z.object({
  id: z.string(),
  name: z.string(),
  type: z.string(),
  location: z.string().nullish(),
  identity: z.object({ type: z.string().nullish(), principalId: z.string().nullish(), tenantId: z.string().nullish() }).nullish(),
  properties: z.looseObject({ tenantId: z.string().nullish(), friendlyName: z.string().nullish() }).nullish(),
});

/** Machine learning workspaces over all subscriptions that the person can read, by lower-cased id. Subscriptions that could not be read are named in `failures`. */
export async function listWorkspaces(caller: AzureCaller): Promise<PartialList<Workspace>> {
  return listOverSubscriptions(
    caller,
    async (timed) => (await queryGraph(timed, queries.workspaces)).map(workspaceOf),
    (timed, subscription) =>
      callArm(timed, async (arm) =>
        (
          await getPages(
            arm,
            `/subscriptions/${subscription.id}/providers/Microsoft.MachineLearningServices/workspaces?api-version=${workspaceApiVersion}`,
          )
        ).map(workspaceOf),
      ),
  );
}

/** One resource that may be a source, of any type. `absent` is a proven 404. */
export async function getSource(caller: AzureCaller, id: string): Promise<Readable<SourceResource>> {
  const parts = parseResourceId(id);
  return readable(() => (parts.type.toLowerCase() === workspaceType ? getWorkspace(caller, parts) : getAny(caller, parts)));
}

async function getWorkspace(caller: AzureCaller, parts: ResourceIdParts): Promise<SourceResource> {
  return callArm(caller, async (arm) => {
    await new AzureMachineLearningWorkspaces(arm.credential, parts.subscriptionId ?? "", arm.options).workspaces.get(
      parts.resourceGroup ?? "",
      parts.name,
    );
    return sourceOf(lastJson(arm));
  });
}

async function getAny(caller: AzureCaller, parts: ResourceIdParts): Promise<SourceResource> {
  const apiVersion = await apiVersionOf(caller, parts);
  return callArm(caller, async (arm) => {
    await clientOf(arm, parts).resources.getById(parts.id.replace(/^\//, ""), apiVersion);
    return sourceOf(lastJson(arm));
  });
}

const clientOf = (arm: Arm, parts: ResourceIdParts): ResourceManagementClient =>
  new ResourceManagementClient(arm.credential, parts.subscriptionId ?? "", arm.options);

const knownVersions = new Map<string, { apiVersion: string; until: number }>();
const dayMs = 86_400_000;

/** The api-version to read a type with: the provider's default, else its newest stable one. It is the same for every person, and kept for a day. */
async function apiVersionOf(caller: AzureCaller, parts: ResourceIdParts): Promise<string> {
  const key = parts.type.toLowerCase();
  const known = knownVersions.get(key);
  if (known !== undefined && known.until > Date.now()) return known.apiVersion;
  const types = await providerTypes(caller, parts);
  const own = key.split("/").slice(1).join("/");
  const type = types.find((candidate) => candidate.resourceType?.toLowerCase() === own);
  const apiVersion = type?.defaultApiVersion ?? newestOf(type?.apiVersions ?? []);
  if (apiVersion === undefined) {
    throw new BinderyError("not_found", `Azure has no resource type ${parts.type}.`, {
      remedy: "Copy the id from Azure's own page of the resource.",
    });
  }
  knownVersions.set(key, { apiVersion, until: Date.now() + dayMs });
  return apiVersion;
}

type ProviderType = { resourceType?: string; defaultApiVersion?: string; apiVersions?: string[] };

/** The provider as the subscription knows it; a person without rights there still may ask the tenant. */
async function providerTypes(caller: AzureCaller, parts: ResourceIdParts): Promise<ProviderType[]> {
  const namespace = parts.namespace ?? "Microsoft.Resources";
  try {
    return await callArm(caller, async (arm) => (await clientOf(arm, parts).providers.get(namespace)).resourceTypes ?? []);
  } catch (error) {
    if (!isBinderyError(error, "rights_needed")) throw error;
    return callArm(caller, async (arm) => (await clientOf(arm, parts).providers.getAtTenantScope(namespace)).resourceTypes ?? []);
  }
}

/** The newest stable version, else the newest preview. */
export function newestOf(versions: string[]): string | undefined {
  const sorted = [...versions].sort().reverse();
  return sorted.find((version) => !version.includes("preview")) ?? sorted[0];
}

function sourceOf(json: unknown): SourceResource {
  const { id, name, type, location, identity, properties } = ArmResource.parse(json);
  return {
    id,
    name: name.split("/").at(-1) ?? name,
    type,
    location: location ?? null,
    tenantId: properties?.tenantId ?? identity?.tenantId ?? null,
    identity: { type: identityTypeOf(identity?.type), principalId: identity?.principalId ?? null, tenantId: identity?.tenantId ?? null },
  };
}

/** Providers write the same kinds in different cases and with or without a space. */
function identityTypeOf(type: string | null | undefined): SourceResource["identity"]["type"] {
  const words = (type ?? "").toLowerCase();
  const system = words.includes("systemassigned");
  const user = words.includes("userassigned");
  if (system && user) return "SystemAssigned, UserAssigned";
  return system ? "SystemAssigned" : user ? "UserAssigned" : "None";
}

/** A workspace from ARM's JSON, or a row of Resource Graph. Throws ZodError for anything else. */
export function workspaceOf(json: unknown): Workspace {
  const source = sourceOf(json);
  const parts = parseResourceId(source.id);
  const { properties } = ArmResource.parse(json);
  return {
    ...source,
    subscriptionId: (parts.subscriptionId ?? "").toLowerCase(),
    resourceGroup: parts.resourceGroup ?? "",
    friendlyName: properties?.friendlyName ?? null,
  };
}
