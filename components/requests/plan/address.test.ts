import { expect, test } from "vitest";
import { addressOf, whereOf } from "./address";

test("a call has the query that is sent, and one to Kubernetes none, but its host", () => {
  const arm = { via: "arm" as const, resourceId: "/subscriptions/s/x", apiVersion: "2025-10-01" };
  expect(addressOf(arm)).toBe("/subscriptions/s/x?api-version=2025-10-01");
  expect(addressOf({ ...arm, query: { underlyingResourceAction: "Detach" } })).toBe(
    "/subscriptions/s/x?api-version=2025-10-01&underlyingResourceAction=Detach",
  );
  expect(whereOf(arm)).toBe("");
  const kubernetes = { via: "kubernetes" as const, resourceId: "/api/v1/namespaces", apiVersion: "" };
  expect(addressOf(kubernetes)).toBe("/api/v1/namespaces");
  expect(whereOf(kubernetes)).toBe(" at the cluster's own API server");
});
