import { beforeEach, describe, expect, test } from "vitest";
import type { RoleBinding } from "@/lib/azure/types";
import { db } from "@/lib/db/client";
import { testDatabase } from "@/lib/db/testing";
import { boundElsewhere, looksOf, observationsOf, recordLook } from "./store";

testDatabase();
const group = "/subscriptions/7b1f0c2e-1111-4222-8333-944445555666/resourceGroups/RG-ml";
const cluster = `${group}/providers/Microsoft.ContainerService/managedClusters/aks-prod`;
const clusterKey = cluster.toLowerCase();
const source = `${group}/providers/Microsoft.MachineLearningServices/workspaces/ws`;
const bindingOf = (name: string, more: Partial<RoleBinding> = {}): RoleBinding => ({
  id: `${cluster}/trustedAccessRoleBindings/${name}`,
  name,
  sourceResourceId: source,
  roles: ["a/b"],
  provisioningState: "Succeeded",
  ...more,
});
const at = (seconds: number): Date => new Date(Date.UTC(2026, 0, 1, 0, 0, seconds));

beforeEach(async () => {
  await db().bindingObservation.deleteMany();
  await db().clusterLook.deleteMany();
});

describe("a look at a cluster's bindings", () => {
  test("is kept as it was seen, and a cluster without bindings is told from one that nobody looked at", async () => {
    await recordLook(cluster, [bindingOf("ML", { roles: ["a/b", "a/c"] })], at(1));
    await recordLook(`${cluster}2`, [], at(2));
    expect(await observationsOf([clusterKey])).toMatchObject([
      { name: "ML", sourceId: source, sourceKey: source.toLowerCase(), roles: ["a/b", "a/c"], present: true, observedAt: at(1) },
    ]);
    expect([...(await looksOf("all")).keys()].sort()).toEqual([clusterKey, `${clusterKey}2`]);
    expect((await looksOf([`${clusterKey}3`])).size).toBe(0);
  });

  test("marks what is no longer there, and finds it again when it comes back", async () => {
    await recordLook(cluster, [bindingOf("a"), bindingOf("b")], at(1));
    await recordLook(cluster, [bindingOf("b")], at(2));
    expect((await observationsOf([clusterKey])).map(({ name, present }) => `${name} ${present}`).sort()).toEqual(["a false", "b true"]);
    await recordLook(cluster, [bindingOf("a"), bindingOf("b")], at(3));
    expect((await observationsOf([clusterKey])).every(({ present }) => present)).toBe(true);
  });

  test("that is older than what is known changes nothing", async () => {
    await recordLook(cluster, [bindingOf("a", { roles: ["new/role"] })], at(10));
    await recordLook(cluster, [bindingOf("a", { roles: ["old/role"] }), bindingOf("gone")], at(5));
    const kept = await observationsOf([clusterKey]);
    expect(kept.find(({ name }) => name === "a")).toMatchObject({ roles: ["new/role"], observedAt: at(10), present: true });
    expect(kept).toHaveLength(1);
    expect((await looksOf([clusterKey])).get(clusterKey)?.lookedAt).toEqual(at(10));
    await recordLook(cluster, [], at(9));
    expect((await observationsOf([clusterKey])).find(({ name }) => name === "a")?.present).toBe(true);
  });

  test("that shows nothing new writes nothing for a while", async () => {
    await recordLook(cluster, [bindingOf("a")], at(0));
    await recordLook(cluster, [bindingOf("a")], at(10));
    expect((await looksOf([clusterKey])).get(clusterKey)?.lookedAt).toEqual(at(0));
    await recordLook(cluster, [bindingOf("a")], at(30));
    expect((await looksOf([clusterKey])).get(clusterKey)?.lookedAt).toEqual(at(30));
    await recordLook(cluster, [bindingOf("a", { provisioningState: "Updating" })], at(31));
    expect((await observationsOf([clusterKey]))[0]).toMatchObject({ provisioningState: "Updating" });
  });

  test("twenty at one time end in the newest", async () => {
    await Promise.all(
      Array.from({ length: 20 }, (_, second) => recordLook(cluster, [bindingOf("a", { roles: [`r/${second}`] })], at(second))),
    );
    expect(await observationsOf([clusterKey])).toMatchObject([{ roles: ["r/19"], observedAt: at(19) }]);
  });
});

test("what a source holds elsewhere leaves the cluster itself and gone bindings out", async () => {
  await recordLook(cluster, [bindingOf("a")], at(1));
  await recordLook(`${cluster}2`, [bindingOf("b"), bindingOf("c")], at(1));
  await recordLook(`${cluster}2`, [bindingOf("c")], at(2));
  expect((await boundElsewhere(source.toUpperCase(), cluster)).map(({ name }) => name)).toEqual(["c"]);
});
