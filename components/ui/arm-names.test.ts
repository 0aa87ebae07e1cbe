import { expect, test } from "vitest";
import { armNames, clusterPath, roleFits, roleName } from "./arm-names";

const cluster =
  "/subscriptions/1d3f5a70-0c4e-4b8e-9f11-6a2c7e5b0d01/resourceGroups/rg-ml/providers/Microsoft.ContainerService/managedClusters/aks-ml";

test("an ARM id gives its name, full type, group and subscription, whatever its case", () => {
  expect(armNames(`${cluster.replace("resourceGroups", "RESOURCEGROUPS")}/trustedAccessRoleBindings/b1`)).toEqual({
    name: "b1",
    type: "Microsoft.ContainerService/managedClusters/trustedAccessRoleBindings",
    group: "rg-ml",
    subscription: "1d3f5a70-0c4e-4b8e-9f11-6a2c7e5b0d01",
  });
});

test("a subscription and a resource group have no type", () => {
  expect(armNames("/subscriptions/1/resourceGroups/rg").type).toBe("");
});

test("only a cluster has a cluster's page", () => {
  expect(clusterPath(cluster)).toBe("/clusters/1d3f5a70-0c4e-4b8e-9f11-6a2c7e5b0d01/rg-ml/aks-ml");
  expect(clusterPath(`${cluster}/trustedAccessRoleBindings/b1`)).toBeNull();
});

test("a role is offered for its own source type and for deeper ones, never for a longer word", () => {
  const role = "Microsoft.Security/pricings/defender";
  expect(roleName(role)).toBe("defender");
  expect(roleFits(role, "microsoft.security/pricings/securityOperators")).toBe(true);
  expect(roleFits(role, "Microsoft.Security/pricingsPlus")).toBe(false);
});
