import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { differenceOf } from "./planned-write";
import type { PlannedArmWrite } from "./types";

const id =
  "/subscriptions/7b1f0c2e-1111-4222-8333-944445555666/resourceGroups/rg (ml)/providers/Microsoft.ContainerService/managedClusters/aks/trustedAccessRoleBindings/ml";
const planned: PlannedArmWrite = {
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

  test("the query beside the api-version is part of the write, name by name and value by value", () => {
    const forced: PlannedArmWrite = {
      method: "DELETE",
      resourceId: id,
      apiVersion: "2025-10-01",
      query: { forceDelete: "true" },
      body: null,
    };
    const difference = (more: string, write = forced) => differenceOf({ method: "DELETE", url: `${url}${more}` }, write);
    expect(difference("&forceDelete=true")).toBeNull();
    for (const more of ["", "&forceDelete=false", "&forceDelete=true&forceDelete=true", "&forceDelete=true&x=1", "&forcedelete=true"])
      expect(difference(more)).toMatch(/query/);
    expect(difference("&forceDelete=true", { ...forced, query: {} })).toMatch(/query/);
  });

  test("nothing that is attached is ever deleted, not even by a plan", () => {
    const write = (action: string, name = "underlyingResourceAction"): PlannedArmWrite => ({
      method: "DELETE",
      resourceId: id,
      apiVersion: "2025-10-01",
      query: { [name]: action },
      body: null,
    });
    const sent = (action: string, name = "underlyingResourceAction") =>
      differenceOf({ method: "DELETE", url: `${url}&${name}=${action}` }, write(action, name));
    expect(sent("Detach")).toBeNull();
    expect(sent("Delete")).toMatch(/deletes what is attached/);
    expect(sent("Delete", "UnderlyingResourceAction")).toMatch(/deletes what is attached/);
  });

  test("a POST is a write like any other, and what is planned for a cluster does not pass to Azure", () => {
    const register: PlannedArmWrite = {
      method: "POST",
      resourceId: "/subscriptions/s/providers/Microsoft.KubernetesConfiguration/register",
      apiVersion: "2025-04-01",
      body: null,
    };
    const address = (namespace: string, action = "register") =>
      `https://management.azure.com/subscriptions/s/providers/${namespace}/${action}?api-version=2025-04-01`;
    expect(differenceOf({ method: "POST", url: address("Microsoft.KubernetesConfiguration") }, register)).toBeNull();
    expect(differenceOf({ method: "POST", url: address("Microsoft.Compute") }, register)).toMatch(/resource/);
    expect(differenceOf({ method: "POST", url: address("Microsoft.KubernetesConfiguration", "unregister") }, register)).toMatch(/resource/);
    expect(differenceOf({ method: "POST", url: address("Microsoft.KubernetesConfiguration"), body: "{}" }, register)).toMatch(/body/);
    expect(
      differenceOf(
        { method: "POST", url: address("Microsoft.KubernetesConfiguration") },
        { via: "kubernetes", method: "POST", clusterId: id, path: "/api/v1/namespaces", body: null },
      ),
    ).toMatch(/to Azure and not to a cluster/);
  });
});
