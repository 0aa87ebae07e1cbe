import { expect, test } from "vitest";
import { clusterSeeds } from "./cluster-seeds";
import { clusterResource } from "./clusters";
import { keyOf } from "./ids";
import { regions } from "./locations";
import { people } from "./people";
import { scaledFleet } from "./scale";
import { backupVault, workspaceResource, workspaceSeeds } from "./sources";
import { storyBindings } from "./story";
import { rolesOfRegion } from "./trusted-access-roles";

test("a person's name occurs in nobody else's button, so that a name finds one button", () => {
  for (const person of people) {
    const others = people.filter((one) => one !== person).map((one) => `${one.name} ${one.upn} ${one.says}`);
    expect(others.filter((text) => text.toLowerCase().includes(person.name.toLowerCase()))).toEqual([]);
  }
  expect(new Set(people.map((one) => one.oid)).size).toBe(people.length);
});

test("every binding of the story is one that its cluster would take, with the workspace of the orphan alone missing", () => {
  const sources = new Set([...workspaceSeeds.map((one) => workspaceResource(one).id), backupVault.id].map(keyOf));
  for (const binding of storyBindings) {
    const cluster = clusterSeeds.map((one) => clusterResource(one)).find((one) => one.id === binding.clusterId);
    const roles = rolesOfRegion(cluster?.location ?? "").map((one) => `${one.sourceResourceType}/${one.name}`);
    expect(roles).toEqual(expect.arrayContaining(binding.roles));
    expect(binding.name).toMatch(/^[A-Za-z0-9-]{1,24}$/);
  }
  const orphans = storyBindings.filter(
    (one) => !sources.has(keyOf(one.sourceResourceId)) && !one.sourceResourceId.includes("Microsoft.Security"),
  );
  expect(orphans.map((one) => one.name)).toEqual(["ml-churn"]);
});

test("one cluster has seven of its eight slots taken, and the story's own cluster none", () => {
  const taken = (name: string) => storyBindings.filter((one) => one.clusterId.endsWith(`/${name}`)).length;
  expect(taken("aks-ml-shared")).toBe(7);
  expect(taken("aks-chaos-mesh-aks")).toBe(0);
});

test("every region's pair is a region here and points back", () => {
  for (const one of regions) expect(regions.find((other) => other.name === one.pair)?.pair).toBe(one.name);
});

test("the generated fleet is the same each time, has no id twice, and grows without changing what was there", () => {
  const fleet = scaledFleet(200);
  expect(scaledFleet(200)).toEqual(fleet);
  expect(scaledFleet(50)).toEqual(fleet.slice(0, 50));
  expect(new Set(fleet.map((one) => keyOf(one.cluster.id))).size).toBe(200);
  expect(() => scaledFleet(5001)).toThrow(RangeError);
});

test("a cluster made anew under its name has another resourceUID", () => {
  const [seed] = clusterSeeds;
  if (seed === undefined) throw new Error("There is no cluster.");
  expect(clusterResource(seed, 1).properties.resourceUID).not.toBe(clusterResource(seed).properties.resourceUID);
});
