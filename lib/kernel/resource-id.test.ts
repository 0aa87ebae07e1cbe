import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isBinderyError } from "./errors";
import {
  bindingIdOf,
  clusterIdOf,
  idKey,
  lastName,
  parseResourceId,
  resourceGroupIdOf,
  resourceTypeOf,
  sameId,
  subscriptionOf,
} from "./resource-id";

const subscription = "7b1f0c2e-1111-4222-8333-944445555666";
const cluster = `/subscriptions/${subscription}/resourceGroups/rg-ml/providers/Microsoft.ContainerService/managedClusters/aks-prod`;
const name = fc.stringMatching(/^[A-Za-z0-9_-][A-Za-z0-9_.()-]{0,20}[A-Za-z0-9_-]$/).filter((text) => text.toLowerCase() !== "providers");
const ids = fc
  .record({
    sub: fc.uuid(),
    group: name,
    namespace: fc.constantFrom("Microsoft.ContainerService", "Microsoft.MachineLearningServices"),
    pairs: fc.array(fc.tuple(name, name), { minLength: 1, maxLength: 3 }),
  })
  .map((part) => ({
    ...part,
    id: `/subscriptions/${part.sub}/resourceGroups/${part.group}/providers/${part.namespace}/${part.pairs.map(([type, own]) => `${type}/${own}`).join("/")}`,
  }));

/** The parsed id, or the code of the house's error; anything else that is thrown fails the test. */
function idOrCode(text: string): string {
  try {
    return parseResourceId(text).id;
  } catch (error) {
    if (isBinderyError(error)) return error.code;
    throw error;
  }
}

describe("ARM ids", () => {
  test("any id of a resource gives back the parts it was made of", () => {
    fc.assert(
      fc.property(ids, ({ sub, group, namespace, pairs, id }) => {
        const parts = parseResourceId(id);
        expect(parts).toMatchObject({
          id,
          subscriptionId: sub,
          resourceGroup: group,
          namespace,
          name: pairs.at(-1)?.[1],
          type: [namespace, ...pairs.map(([type]) => type)].join("/"),
        });
        expect(lastName(id)).toBe(parts.name);
        expect(subscriptionOf(id)).toBe(sub.toLowerCase());
        expect(parts.parentId).toBe(
          pairs.length === 1 ? `/subscriptions/${sub}/resourceGroups/${group}` : id.split("/").slice(0, -2).join("/"),
        );
      }),
    );
  });

  test("case and trailing slashes never make two resources of one", () => {
    fc.assert(
      fc.property(ids, fc.nat(3), ({ id }, slashes) => {
        expect(sameId(id, id.toUpperCase() + "/".repeat(slashes))).toBe(true);
        expect(idKey(idKey(id))).toBe(idKey(id));
      }),
    );
  });

  test("a binding's id leads back to its cluster", () => {
    fc.assert(
      fc.property(name, (binding) => {
        expect(clusterIdOf(bindingIdOf(cluster, binding))).toBe(cluster);
        expect(lastName(bindingIdOf(`${cluster}/`, binding))).toBe(binding);
      }),
    );
  });

  test("no text makes it throw anything but a sentence about the id", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc
            .array(fc.constantFrom("subscriptions", "providers", "resourceGroups", "a", "", ".."), { maxLength: 9 })
            .map((parts) => `/${parts.join("/")}`),
        ),
        (text) => {
          expect([text.trim().replace(/\/+$/, ""), "invalid_input"]).toContain(idOrCode(text));
        },
      ),
    );
  });

  test("subscriptions and resource groups are ids too", () => {
    expect(parseResourceId(`/subscriptions/${subscription}`)).toMatchObject({
      name: subscription,
      type: "Microsoft.Resources/subscriptions",
      parentId: null,
    });
    expect(parseResourceId(`/subscriptions/${subscription}/resourcegroups/rg-ml`)).toMatchObject({
      name: "rg-ml",
      parentId: `/subscriptions/${subscription}`,
    });
    expect(resourceGroupIdOf(cluster)).toBe(`/subscriptions/${subscription}/resourceGroups/rg-ml`);
  });

  test("a resource without a group and an extension resource have their own types", () => {
    expect(parseResourceId(`/subscriptions/${subscription}/providers/Microsoft.Security/pricings/Containers`)).toMatchObject({
      type: "Microsoft.Security/pricings",
      parentId: `/subscriptions/${subscription}`,
      resourceGroup: null,
    });
    expect(parseResourceId(`${cluster}/providers/Microsoft.Authorization/locks/keep`)).toMatchObject({
      type: "Microsoft.Authorization/locks",
      name: "keep",
      parentId: cluster,
    });
    expect(resourceTypeOf("/providers/Microsoft.Authorization/roleDefinitions/abc")).toBe("Microsoft.Authorization/roleDefinitions");
  });

  test("half ids, dotted segments, queries and encoded slashes are refused", () => {
    const wrong = [
      "",
      "/",
      "aks-prod",
      "https://management.azure.com/subscriptions/a",
      `${cluster}/agentPools`,
      `${cluster}/../x`,
      `${cluster}?api-version=1`,
      `${cluster}%2Fx`,
      `/subscriptions/${subscription}/providers`,
      `/subscriptions/${subscription}/virtualMachines/x`,
      `/subscriptions//resourceGroups/a`,
    ];
    for (const id of wrong) expect(() => parseResourceId(id)).toThrow(/not an ARM resource id/);
  });

  test("only a trusted access role binding leads to a cluster", () => {
    expect(() => clusterIdOf(cluster)).toThrow(/not the id of a trusted access role binding/);
  });
});
