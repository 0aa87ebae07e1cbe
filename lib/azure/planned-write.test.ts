import { createHttpHeaders } from "@azure/core-rest-pipeline";
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

describe("a write that changes a part of what was read", () => {
  const whole = { location: "eastus", properties: { newThing: 1, apiServerAccessProfile: { authorizedIPRanges: ["a"], other: true } } };
  const cluster: PlannedArmWrite = {
    method: "PUT",
    resourceId: "/subscriptions/s/resourceGroups/g/providers/Microsoft.ContainerService/managedClusters/aks",
    apiVersion: "2026-04-01",
    body: { properties: { apiServerAccessProfile: { authorizedIPRanges: ["a", "b"] } } },
    over: { etag: "tag", json: whole },
  };
  const address = `https://management.azure.com${cluster.resourceId}?api-version=2026-04-01`;
  const right = {
    location: "eastus",
    properties: { newThing: 1, apiServerAccessProfile: { authorizedIPRanges: ["a", "b"], other: true } },
  };
  const difference = (sent: object, headers: Record<string, string> = { "if-match": "tag" }, write = cluster) =>
    differenceOf({ method: "PUT", url: address, body: JSON.stringify(sent), headers: createHttpHeaders(headers) }, write);

  test("passes as that whole with the part replaced, under its entity tag", () => {
    expect(difference(right)).toBeNull();
  });

  test("is refused when anything else of the whole differs, or the part alone is sent", () => {
    expect(difference({ ...right, location: "westus" })).toMatch(/body/);
    expect(difference({ ...right, properties: { apiServerAccessProfile: right.properties.apiServerAccessProfile } })).toMatch(/body/);
    expect(difference(cluster.body as object)).toMatch(/body/);
    expect(difference(whole)).toMatch(/body/);
  });

  test("is refused without the entity tag, with another one, and with a second condition", () => {
    expect(difference(right, {})).toMatch(/If-Match/);
    expect(difference(right, { "if-match": "*" })).toMatch(/If-Match/);
    expect(difference(right, { "if-match": "tag", "if-none-match": "*" })).toMatch(/If-Match/);
  });

  test("an entity tag that no plan asked for is refused too", () => {
    const { over: _over, ...plain } = cluster;
    expect(difference(cluster.body as object, {}, plain)).toBeNull();
    expect(difference(cluster.body as object, { "if-match": "tag" }, plain)).toMatch(/If-Match/);
  });
});
