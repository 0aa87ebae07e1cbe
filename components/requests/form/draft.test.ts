import { expect, test } from "vitest";
import { GrantInput, RevokeInput } from "@/lib/requests/schema";
import { againLink } from "./again-link";
import { armIdTextError, bodyOf, clusterTextError, durationOf, emptyDraft, missingParts } from "./draft";

const clusterId =
  "/subscriptions/1d3f5a70-0c4e-4b8e-9f11-6a2c7e5b0d01/resourceGroups/rg-ml/providers/Microsoft.ContainerService/managedClusters/aks-ml";
const sourceResourceId =
  "/subscriptions/1d3f5a70-0c4e-4b8e-9f11-6a2c7e5b0d01/resourceGroups/rg-ml/providers/Microsoft.MachineLearningServices/workspaces/mlw.pricing";
const full = { ...emptyDraft({}), clusterId, sourceResourceId, roles: ["Microsoft.MachineLearningServices/workspaces/mlworkload"] };

test("a source may lie in a subscription itself, and what is no ARM id is told", () => {
  const ofSubscription = "/subscriptions/1d3f5a70-0c4e-4b8e-9f11-6a2c7e5b0d01/providers/Microsoft.Security/pricings/CloudPosture";
  expect(missingParts({ ...full, sourceResourceId: ofSubscription })).toEqual([]);
  expect([sourceResourceId, ofSubscription, "mlw-pricing"].map(armIdTextError)).toEqual([undefined, undefined, undefined]);
  expect(armIdTextError("/subscriptions/1d3f5a70")).toMatch(/^This is no ARM id/);
  expect(missingParts({ ...full, sourceResourceId: "/subscriptions/1d3f5a70" })).toEqual(["source"]);
});

test("a complete grant without a name is a body that the server takes", () => {
  expect(missingParts(full)).toEqual([]);
  expect(GrantInput.parse(bodyOf(full))).toMatchObject({ name: "mlw-pricing", hours: 8, clusterId });
});

test("standing access has no hours, and an empty ticket is not sent", () => {
  const body = bodyOf({ ...full, timed: false });
  expect(body).toMatchObject({ hours: null });
  expect(body).not.toHaveProperty("ticket");
});

test("a revoke sends neither source nor roles, and needs a binding", () => {
  const revoke = { ...full, kind: "binding-revoke" as const };
  expect(missingParts(revoke)).toEqual(["binding"]);
  expect(RevokeInput.parse(bodyOf({ ...revoke, name: "b1" }))).toMatchObject({ kind: "binding-revoke", name: "b1" });
});

test("what is missing is named in the order of the form", () => {
  expect(missingParts(emptyDraft({}))).toEqual(["cluster", "source", "trusted access roles"]);
});

test("a link fills in what it knows; an unknown kind is a grant", () => {
  expect(emptyDraft({ kind: "binding-revoke", cluster: clusterId, name: "b1" })).toMatchObject({
    kind: "binding-revoke",
    clusterId,
    name: "b1",
  });
  expect(emptyDraft({ kind: "nonsense" }).kind).toBe("binding-grant");
});

test("a change keeps how long the binding is given: standing, or the hours that are left", () => {
  const noon = Date.parse("2026-11-24T12:00:00Z");
  expect(durationOf(null, noon)).toMatchObject({ timed: false });
  expect(durationOf("2026-11-24T14:10:00Z", noon)).toEqual({ timed: true, hours: "3" });
  expect(durationOf("2026-11-24T11:00:00Z", noon)).toEqual({ timed: true, hours: "8" });
});

test.each([
  ["a timed grant", { ...full, name: "b1", hours: "12", reason: "Train, and serve", ticket: "INC-7" }],
  ["a standing change of two roles", { ...full, kind: "binding-update" as const, name: "b1", timed: false, roles: ["A/b/c", "A/b/d"] }],
  ["a revoke", { ...full, kind: "binding-revoke" as const, name: "b1", reason: "Over" }],
])("%s that came to nothing fills the form in again, whole", (_what, draft) => {
  const body = bodyOf(draft);
  const again = emptyDraft(Object.fromEntries(new URL(againLink(body), "https://bindery.example").searchParams));
  expect(bodyOf(again)).toEqual(body);
});

test.each([
  ["of a workspace", sourceResourceId],
  [
    "cut short",
    "/subscriptions/1d3f5a70-0c4e-4b8e-9f11-6a2c7e5b0d01/resourceGroups/rg-ml/providers/Microsoft.ContainerService/managedClusters/",
  ],
  ["without its slash", clusterId.slice(1)],
])("an id %s is told to be no id of a cluster", (_what, text) => {
  expect(clusterTextError(text)).toMatch(/^This is no ARM id of an AKS cluster: /);
});

test("a name to search for and a cluster's id are no error", () => {
  expect([clusterId, ` ${clusterId}/ `, "aks-ml", ""].map(clusterTextError)).toEqual([undefined, undefined, undefined, undefined]);
});
