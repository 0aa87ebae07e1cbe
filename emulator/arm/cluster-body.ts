import { randomUUID } from "node:crypto";
import type { ArmIdentity, ArmResource } from "../state/shapes";
import { guidOf, keyOf, tenantId } from "../tenant/ids";
import { rangesToKeep } from "./authorized-ranges";
import { ArmError } from "./errors";

type Json = Record<string, unknown>;

/** What AKS alone writes; whatever a body says of them is left aside. */
const readOnly = {
  cluster: ["id", "name", "type", "systemData", "eTag"],
  properties: [
    "provisioningState",
    "powerState",
    "fqdn",
    "privateFQDN",
    "azurePortalFQDN",
    "currentKubernetesVersion",
    "maxAgentPools",
    "privateLinkResources",
    "resourceUID",
  ],
  pool: ["provisioningState", "powerState", "nodeImageVersion", "currentOrchestratorVersion", "eTag"],
};

/** Set once, when a cluster is made: kept where a body leaves them out, and never another. */
const setOnce = ["dnsPrefix", "nodeResourceGroup"];

/**
 * A cluster as a PUT of this body leaves it: a full replacement. What the body leaves out is lost, what nobody here knows is kept as it was sent, and
 * what only AKS writes stays. Cluster and pools get new entity tags. Throws 400 for a body that AKS would not take, 409 for another location.
 */
export function replacedCluster(kept: ArmResource, body: unknown): ArmResource {
  if (!isObject(body) || !isObject(body.properties))
    throw new ArmError(
      400,
      "InvalidRequestContent",
      "The request content was invalid: a managed cluster needs 'location' and 'properties'.",
    );
  refuseOtherLocation(kept, body.location);
  const { properties, identity } = body;
  refuseOtherValues(kept.properties, properties);
  const { identity: _identity, properties: _properties, ...rest } = without(body, readOnly.cluster);
  return {
    sku: { name: "Base", tier: "Free" },
    ...rest,
    id: kept.id,
    name: kept.name,
    type: kept.type,
    location: kept.location ?? "",
    ...(isObject(identity) ? { identity: identityAfter(kept.identity, identity as ArmIdentity) } : {}),
    properties: {
      ...without(properties, readOnly.properties),
      ...only(kept.properties, [...setOnce, ...readOnly.properties]),
      agentPoolProfiles: poolsAfter(kept.properties.agentPoolProfiles, properties.agentPoolProfiles),
      ...(isObject(properties.networkProfile)
        ? { networkProfile: networkAfter(kept.properties.networkProfile, properties.networkProfile) }
        : {}),
      ...accessAfter(properties),
    },
    eTag: randomUUID(),
  };
}

function refuseOtherLocation(kept: ArmResource, location: unknown): void {
  if (typeof location === "string" && plain(location) === plain(kept.location ?? "")) return;
  const group = /\/resourceGroups\/([^/]+)/i.exec(kept.id)?.[1] ?? "";
  throw new ArmError(
    409,
    "InvalidResourceLocation",
    `The resource '${kept.name}' already exists in location '${kept.location ?? ""}' in resource group '${group}'. A resource with the same name cannot be created in location '${String(location)}'. Please select a new resource name.`,
  );
}

function refuseOtherValues(kept: Json, sent: Json): void {
  const changed = setOnce.find((name) => (sent[name] ?? kept[name]) !== kept[name]);
  if (changed !== undefined)
    throw new ArmError(
      400,
      "PropertyChangeNotAllowed",
      `Changing property 'properties.${changed}' is not allowed.`,
      {},
      { target: changed },
    );
}

/** Ids of identities are Azure's to give; a body names identities and their type. */
function identityAfter(kept: ArmIdentity | undefined, sent: ArmIdentity): ArmIdentity {
  const { principalId: _principal, tenantId: _tenant, userAssignedIdentities: named, ...rest } = sent;
  const known = new Map(Object.entries(kept?.userAssignedIdentities ?? {}).map(([id, ids]) => [keyOf(id), ids]));
  const assigned = Object.keys(named ?? {}).map((id) => {
    const ids = known.get(keyOf(id)) ?? { principalId: guidOf(`principal:${id}`), clientId: guidOf(`client:${id}`) };
    return [id, ids] as const;
  });
  const own = /SystemAssigned/i.test(rest.type) ? { principalId: kept?.principalId ?? randomUUID(), tenantId } : {};
  return { ...rest, ...own, ...(assigned.length === 0 ? {} : { userAssignedIdentities: Object.fromEntries(assigned) }) };
}

function poolsAfter(kept: unknown, sent: unknown): Json[] {
  if (!Array.isArray(sent) || sent.length === 0)
    throw new ArmError(
      400,
      "InvalidParameter",
      "Required parameter agentPoolProfiles is missing (null).",
      {},
      { target: "agentPoolProfiles" },
    );
  const before = Array.isArray(kept) ? kept.filter(isObject) : [];
  return sent.map((pool: unknown) => {
    if (!isObject(pool) || typeof pool.name !== "string" || typeof pool.vmSize !== "string")
      throw new ArmError(400, "InvalidParameter", "Required parameter agentPoolProfile.name or agentPoolProfile.vmSize is missing (null).");
    const old = before.find((one) => one.name === pool.name) ?? { provisioningState: "Succeeded", powerState: { code: "Running" } };
    return { ...without(pool, readOnly.pool), ...only(old, readOnly.pool), eTag: randomUUID() };
  });
}

/** The addresses of the outbound traffic are AKS's to say, as long as the profile that has them is there. */
function networkAfter(kept: unknown, sent: Json): Json {
  const profiles = ["loadBalancerProfile", "natGatewayProfile"].flatMap((name) => {
    const before = isObject(kept) ? kept[name] : undefined;
    const effective = isObject(before) ? only(before, ["effectiveOutboundIPs"]) : {};
    const now = sent[name];
    const stays = isObject(now) || Object.keys(effective).length > 0;
    return stays ? [[name, { ...(isObject(now) ? without(now, ["effectiveOutboundIPs"]) : {}), ...effective }] as const] : [];
  });
  return { ...sent, ...Object.fromEntries(profiles) };
}

function accessAfter({ apiServerAccessProfile: access, networkProfile: network }: Json): Json {
  if (!isObject(access) || access.authorizedIPRanges === undefined || access.authorizedIPRanges === null) return {};
  const authorizedIPRanges = rangesToKeep(access.authorizedIPRanges, {
    isPrivate: access.enablePrivateCluster === true,
    vnetIntegration: access.enableVnetIntegration === true,
    loadBalancerSku: isObject(network) && typeof network.loadBalancerSku === "string" ? network.loadBalancerSku.toLowerCase() : undefined,
  });
  return { apiServerAccessProfile: { ...access, authorizedIPRanges } };
}

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function only(from: Json, names: string[]): Json {
  return Object.fromEntries(Object.entries(from).filter(([name]) => names.includes(name)));
}

function without(from: Json, names: string[]): Json {
  const lower = names.map((name) => name.toLowerCase());
  return Object.fromEntries(Object.entries(from).filter(([name]) => !lower.includes(name.toLowerCase())));
}

function plain(location: string): string {
  return location.toLowerCase().replace(/\s+/g, "");
}
