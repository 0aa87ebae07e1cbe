import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { differenceOf } from "./planned-write";
import type { PlannedWrite } from "./types";

const id =
  "/subscriptions/7b1f0c2e-1111-4222-8333-944445555666/resourceGroups/rg (ml)/providers/Microsoft.ContainerService/managedClusters/aks/trustedAccessRoleBindings/ml";
const planned: PlannedWrite = {
  method: "PUT",
  resourceId: id,
  apiVersion: "2025-10-01",
  body: { properties: { sourceResourceId: "/s", roles: ["a", "b"] } },
};
const url = `https://management.azure.com${id.replace("rg (ml)", "rg%20(ml)")}?api-version=2025-10-01`;
const body = JSON.stringify({ properties: { roles: ["a", "b"], sourceResourceId: "/s" } });

describe("the guard of the planned write", () => {
  test("the same write passes whatever its case, escapes and order of members", () => {
    expect(differenceOf({ method: "PUT", url, body }, planned)).toBeNull();
    expect(differenceOf({ method: "PUT", url: url.replace("resourceGroups", "RESOURCEGROUPS"), body }, planned)).toBeNull();
  });

  test("every other method, resource, api-version, query or body is named", () => {
    expect(differenceOf({ method: "PUT", url, body }, undefined)).toMatch(/no write is planned/);
    expect(differenceOf({ method: "DELETE", url }, planned)).toMatch(/method/);
    expect(differenceOf({ method: "PATCH", url, body }, planned)).toMatch(/method/);
    expect(differenceOf({ method: "PUT", url: url.replace("/ml?", "/ml2?"), body }, planned)).toMatch(/resource/);
    expect(differenceOf({ method: "PUT", url: url.replace("/ml?", "%2Fml?"), body }, planned)).toMatch(/resource/);
    expect(differenceOf({ method: "PUT", url: url.replace("2025", "2024"), body }, planned)).toMatch(/api-version/);
    expect(differenceOf({ method: "PUT", url: `${url}&api-version=2025-10-01`, body }, planned)).toMatch(/api-version/);
    expect(differenceOf({ method: "PUT", url: `${url}&force=true`, body }, planned)).toMatch(/query/);
    expect(differenceOf({ method: "PUT", url }, planned)).toMatch(/body/);
    expect(differenceOf({ method: "DELETE", url, body }, { ...planned, method: "DELETE", body: null })).toMatch(/body/);
  });

  test("no other body passes", () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        fc.pre(JSON.stringify(JSON.parse(text)) !== body);
        expect(differenceOf({ method: "PUT", url, body: text }, planned)).toMatch(/body/);
      }),
    );
  });
});
