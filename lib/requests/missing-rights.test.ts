import { beforeEach, expect, test, vi } from "vitest";
import { person } from "@/lib/audit/testing";
import type { Permission } from "@/lib/azure/actions";
import type { Readable } from "@/lib/azure/types";
import { clusterId, refused } from "@/lib/bindings/testing";
import { testDatabase } from "@/lib/db/testing";
import { missingRights } from "./missing-rights";
import { refusalOf } from "./testing/database";
import { waiting } from "./testing/verbs";
import { resetWorld, world } from "./testing/world";

const held = vi.hoisted(() => ({ byOid: new Map<string, unknown>() }));
vi.mock("@/lib/azure/access", () => ({ listPermissions: ({ oid }: { oid: string }) => Promise.resolve(held.byOid.get(oid)) }));
vi.mock("@/lib/auth/caller", async () => (await import("./testing/world")).entra);
vi.mock("@/lib/auth/scope", async () => (await import("./testing/world")).scope);
vi.mock("@/lib/bindings/gather", async () => (await import("./testing/world")).azure);
vi.mock("@/lib/policies/load", async () => (await import("./testing/world")).policies);

testDatabase();
beforeEach(() => resetWorld());

const lena = person("Lena", ["Approver"]);
const write = "Microsoft.ContainerService/managedClusters/trustedAccessRoleBindings/write";
const reads = (answer: Readable<Permission[]>): void => void held.byOid.set("lena", answer);
const holding = (...actions: string[]): Readable<Permission[]> => ({ state: "ok", value: [{ actions, notActions: [] }], at: "" });

test("an approver learns which right for the plan's write is not held, and on what, from the approver's own permissions", async () => {
  const request = await waiting();
  reads(holding("*/read"));
  expect(await missingRights(lena, request)).toEqual({ missing: [{ action: write, scope: clusterId }], unread: [] });
});

test("nothing is missing for who holds it, by a wildcard too", async () => {
  const request = await waiting();
  reads(holding("Microsoft.ContainerService/managedClusters/*"));
  expect(await missingRights(lena, request)).toEqual({ missing: [], unread: [] });
});

test("where the permissions cannot be read nothing is said to be missing", async () => {
  const request = await waiting();
  reads(refused("Microsoft.Authorization/permissions/read", clusterId));
  expect(await missingRights(lena, request)).toEqual({ missing: [], unread: [clusterId] });
});

test("who does not see the request finds none", async () => {
  const request = await waiting();
  world.blind.add("lena");
  expect(await refusalOf(() => missingRights(lena, request))).toMatchObject({ code: "not_found" });
});
