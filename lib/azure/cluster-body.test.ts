import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { canonicalJson, type Json } from "@/lib/kernel/json";
import { sendableCluster } from "./cluster-body";
import { laidOver } from "./lay-over";

type Members = { [key: string]: Json };

const change = (list: string[]): Json => ({ properties: { apiServerAccessProfile: { authorizedIPRanges: list } } });
const sent = (cluster: Json, list: string[]): Members => laidOver(sendableCluster(cluster), change(list)) as Members;

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
  ],
  pool: ["provisioningState", "powerState", "nodeImageVersion", "currentOrchestratorVersion", "eTag"],
};
const isReadOnly = (names: string[], name: string): boolean => names.some((one) => one.toLowerCase() === name.toLowerCase());

const anything = fc.jsonValue({ maxDepth: 1 }) as fc.Arbitrary<Json>;
/** Members with any names and values, some of them AKS's own, and `more` that are shaped. */
const members = (own: string[], more: Record<string, fc.Arbitrary<Json>> = {}): fc.Arbitrary<Members> =>
  fc
    .tuple(
      fc.dictionary(fc.string({ maxLength: 6 }), anything, { maxKeys: 3 }),
      fc.dictionary(fc.constantFrom("own", ...own), anything, { maxKeys: 3 }),
      fc.record(more, { requiredKeys: [] }),
    )
    .map(([any, known, shaped]) => Object.fromEntries([any, known, shaped].flatMap((part) => Object.entries(part as Members))));
const clusters = members(readOnly.cluster, {
  properties: members(readOnly.properties, {
    agentPoolProfiles: fc.array(members(readOnly.pool), { maxLength: 2 }) as fc.Arbitrary<Json>,
    apiServerAccessProfile: fc.oneof(
      fc.constant(null),
      members([], { authorizedIPRanges: fc.array(fc.string({ maxLength: 6 }), { maxLength: 4 }), enablePrivateCluster: fc.boolean() }),
    ),
  }),
});

/** Every member by its path, those of the list and those that AKS alone writes left out. */
function leaves(value: Json, path: string[] = []): Record<string, Json> {
  const where = path.join("/");
  const skipped =
    where === "properties/apiServerAccessProfile/authorizedIPRanges" ||
    (path.length === 1 && isReadOnly(readOnly.cluster, path[0] ?? "")) ||
    (path.length === 2 && path[0] === "properties" && isReadOnly(readOnly.properties, path[1] ?? "")) ||
    (path.length === 4 && path[1] === "agentPoolProfiles" && path[0] === "properties" && isReadOnly(readOnly.pool, path[3] ?? ""));
  if (skipped) return {};
  if (value === null || typeof value !== "object") return { [JSON.stringify(path)]: value };
  const parts = Object.entries(value).map(([name, part]) => leaves(part, [...path, name]));
  const isProfile = where === "" || where === "properties" || where === "properties/apiServerAccessProfile";
  return Object.assign(isProfile ? {} : { [JSON.stringify([...path, Array.isArray(value) ? "[]" : "{}"])]: null }, ...parts) as Record<
    string,
    Json
  >;
}

describe("a cluster that is sent back with another list", () => {
  test("differs in the list alone, whatever else it holds", () => {
    fc.assert(
      fc.property(clusters, fc.array(fc.string({ maxLength: 6 }), { maxLength: 4 }), (cluster, list) => {
        const body = sent(cluster, list);
        // Properties and profile are made where there was none.
        const { [JSON.stringify(["properties", "apiServerAccessProfile"])]: _none, ...before } = leaves(cluster);
        expect(canonicalJson(leaves(body))).toBe(canonicalJson(before));
        expect((body as { properties: { apiServerAccessProfile: Members } }).properties.apiServerAccessProfile.authorizedIPRanges).toEqual(
          list,
        );
      }),
      { numRuns: 10_000 },
    );
  });

  test("carries none of what AKS alone writes", () => {
    fc.assert(
      fc.property(clusters, (cluster) => {
        const { properties, ...rest } = sent(cluster, []) as Members & { properties: Members };
        const pools = Array.isArray(properties.agentPoolProfiles) ? (properties.agentPoolProfiles as Members[]) : [];
        expect(Object.keys(rest).filter((name) => isReadOnly(readOnly.cluster, name))).toEqual([]);
        expect(Object.keys(properties).filter((name) => isReadOnly(readOnly.properties, name))).toEqual([]);
        expect(pools.flatMap((pool) => Object.keys(pool)).filter((name) => isReadOnly(readOnly.pool, name))).toEqual([]);
      }),
    );
  });

  test("keeps what nobody here knows at cluster, profile and pool level, and gets a profile where it has none", () => {
    const cluster: Json = {
      id: "/x",
      eTag: "1",
      location: "eastus",
      newThing: { a: [1, null] },
      properties: { fqdn: "f", agentPoolProfiles: [{ name: "p", eTag: "2", newest: true }], networkProfile: { newer: "x" } },
    };
    expect(sent(cluster, ["203.0.113.0/24"])).toEqual({
      location: "eastus",
      newThing: { a: [1, null] },
      properties: {
        agentPoolProfiles: [{ name: "p", newest: true }],
        networkProfile: { newer: "x" },
        apiServerAccessProfile: { authorizedIPRanges: ["203.0.113.0/24"] },
      },
    });
  });
});
