import type { Json } from "@/lib/kernel/json";

/**
 * Of reading and writing a cluster as a whole. A GET tells what its api-version knows, and a PUT loses what that does not: so this is the newest
 * that @azure/arm-containerservice 25.3.0 speaks, and never older than the one that `getCluster` reads with.
 */
export const clusterApiVersion = "2026-04-01";

type Members = { [key: string]: Json };

/** What AKS alone writes (azure-rest-api-specs, containerservice, managedClusters: read-only members; azure-aks-docs, use-etags). */
const readOnly = {
  cluster: ["id", "name", "type", "systemdata", "etag"],
  properties: [
    "provisioningstate",
    "powerstate",
    "fqdn",
    "privatefqdn",
    "azureportalfqdn",
    "currentkubernetesversion",
    "maxagentpools",
    "privatelinkresources",
  ],
  pool: ["provisioningstate", "powerstate", "nodeimageversion", "currentorchestratorversion", "etag"],
};

/**
 * A cluster as ARM gave it, without what AKS alone writes: what a PUT may send back. Everything else stays as it is, at every level, what nobody
 * here knows too. `windowsProfile.adminPassword` and a service principal's secret are never given, and may be left out.
 */
export function sendableCluster(json: Json): Json {
  if (!isMembers(json)) return json;
  const cluster = without(json, readOnly.cluster);
  return { ...cluster, ...replaced(cluster, "properties", sendableProperties) };
}

function sendableProperties(json: Json): Json {
  if (!isMembers(json)) return json;
  const properties = without(json, readOnly.properties);
  return {
    ...properties,
    ...replaced(properties, "agentPoolProfiles", (pools) =>
      Array.isArray(pools) ? pools.map((pool) => (isMembers(pool) ? without(pool, readOnly.pool) : pool)) : pools,
    ),
  };
}

const replaced = (members: Members, name: string, by: (value: Json) => Json): Members =>
  Object.hasOwn(members, name) ? { [name]: by(members[name] ?? null) } : {};

const without = (members: Members, names: readonly string[]): Members =>
  Object.fromEntries(Object.entries(members).filter(([name]) => !names.includes(name.toLowerCase())));

const isMembers = (value: Json): value is Members => typeof value === "object" && value !== null && !Array.isArray(value);
