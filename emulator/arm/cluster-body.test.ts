import { expect, test } from "vitest";
import type { ArmResource } from "../state/shapes";
import { clusterSeeds } from "../tenant/cluster-seeds";
import { clusterResource } from "../tenant/clusters";
import { replacedCluster } from "./cluster-body";

const seedOf = (name: string) => clusterSeeds.filter((one) => one.name === name);
const cluster = (name: string): ArmResource => {
  const [made] = seedOf(name).map((seed) => clusterResource(seed));
  if (made === undefined) throw new Error(`There is no cluster ${name}.`);
  return made;
};
const bare = ({ eTag: _eTag, properties, ...rest }: ArmResource) => ({
  ...rest,
  properties: {
    ...properties,
    agentPoolProfiles: (properties.agentPoolProfiles as object[]).map((pool) => ({ ...pool, eTag: null })),
  },
});

test.each(clusterSeeds.map((one) => [one.name] as const))("a cluster that is sent back as it was read stays as it is: %s", (name) => {
  const kept = cluster(name);
  const after = replacedCluster(kept, structuredClone(kept));
  expect(bare(after)).toEqual(bare(kept));
  expect(after.eTag).not.toBe(kept.eTag);
});

test("what nobody knows is kept at every level, and what is left out is lost", () => {
  const kept = cluster("aks-ml-prod");
  const { disableLocalAccounts: _off, autoUpgradeProfile: _upgrade, ...properties } = kept.properties;
  const [system, ...others] = properties.agentPoolProfiles as Record<string, unknown>[];
  const after = replacedCluster(kept, {
    ...kept,
    tags: undefined,
    newAtTheTop: { a: [1] },
    properties: {
      ...properties,
      newInProperties: true,
      apiServerAccessProfile: { ...(properties.apiServerAccessProfile as object), newInTheProfile: "kept" },
      agentPoolProfiles: [{ ...system, newInThePool: { b: 2 }, maxPods: undefined }],
    },
  });
  expect(others).toHaveLength(2);
  expect(after).toMatchObject({
    newAtTheTop: { a: [1] },
    properties: { newInProperties: true, apiServerAccessProfile: { newInTheProfile: "kept" } },
  });
  expect(after.tags).toBeUndefined();
  expect(after.properties).not.toHaveProperty("disableLocalAccounts");
  expect(after.properties).not.toHaveProperty("autoUpgradeProfile");
  const pools = after.properties.agentPoolProfiles as Record<string, unknown>[];
  expect(pools).toMatchObject([{ name: "system", newInThePool: { b: 2 }, provisioningState: "Succeeded" }]);
  expect(pools[0]?.maxPods).toBeUndefined();
});

test("what only AKS writes is not taken from a body", () => {
  const kept = cluster("aks-ml-prod");
  const after = replacedCluster(kept, {
    ...kept,
    id: "/elsewhere",
    identity: {
      ...kept.identity,
      userAssignedIdentities: Object.fromEntries(Object.keys(kept.identity?.userAssignedIdentities ?? {}).map((id) => [id, {}])),
    },
    properties: {
      ...kept.properties,
      provisioningState: "Deleting",
      fqdn: "elsewhere.example",
      resourceUID: "0",
      nodeResourceGroup: undefined,
    },
  });
  expect(bare(after)).toEqual(bare(kept));
});

test("another location, another DNS prefix and a body without pools are refused", () => {
  const kept = cluster("aks-ml-prod");
  const withProperties = (change: object) => ({ ...kept, properties: { ...kept.properties, ...change } });
  expect(() => replacedCluster(kept, { ...kept, location: "westeurope" })).toThrow("already exists in location 'eastus2'");
  expect(() => replacedCluster(kept, withProperties({ dnsPrefix: "other" }))).toThrow("Changing property 'properties.dnsPrefix'");
  expect(() => replacedCluster(kept, withProperties({ agentPoolProfiles: [] }))).toThrow("agentPoolProfiles");
  expect(() => replacedCluster(kept, { location: "eastus2" })).toThrow("'properties'");
  expect(replacedCluster(kept, { ...kept, location: "East US 2" }).location).toBe("eastus2");
});
