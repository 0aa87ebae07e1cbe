import { AuthorizationManagementClient } from "@azure/arm-authorization";
import { z } from "zod";
import { idKey, parseResourceId, subscriptionOf } from "@/lib/kernel/resource-id";
import { allows, type Permission } from "./actions";
import { callArm, getPages } from "./pipeline";
import { holdsOn } from "./locks";
import { readable } from "./readable";
import type { AzureCaller, Readable, WriterPrincipal } from "./types";

const strings = z
  .array(z.string())
  .nullish()
  .transform((list) => list ?? []);
const ArmPermission = z.object({ actions: strings, notActions: strings });

/** What the person may do at a scope: Azure's own answer, wildcards included. `allows` of `./actions` reads it. */
export async function listPermissions(caller: AzureCaller, scopeId: string): Promise<Readable<Permission[]>> {
  // The typed call builds a path with an empty parent segment, which not every ARM front end takes.
  return readable(() =>
    callArm(caller, async (arm) =>
      (await getPages(arm, `${scopeId}/providers/Microsoft.Authorization/permissions?api-version=2022-04-01`)).map((item) =>
        ArmPermission.parse(item),
      ),
    ),
  );
}

/** Principals whose Azure role at the resource, or above it, lets them write to it. */
export async function listWriters(caller: AzureCaller, resourceId: string): Promise<Readable<WriterPrincipal[]>> {
  return readable(async () => {
    const [assignments, roles] = await Promise.all([readAssignments(caller, resourceId), readRoles(caller, resourceId)]);
    const action = `${parseResourceId(resourceId).type}/write`;
    const writers = assignments.flatMap(({ roleKey, ...principal }) => {
      const role = roles.get(roleKey);
      return role !== undefined && allows(role.permissions, action) ? [{ ...principal, roleName: role.name }] : [];
    });
    return writers.sort(
      (a, b) => a.scope.length - b.scope.length || a.roleName.localeCompare(b.roleName) || a.principalId.localeCompare(b.principalId),
    );
  });
}

/** The Azure roles that one principal holds at a resource or above it: GUIDs of their definitions, lower case. Those of its groups are not in it. */
export async function listRolesOf(caller: AzureCaller, resourceId: string, principalId: string): Promise<Readable<string[]>> {
  return readable(async () => {
    const assignments = await readAssignments(caller, resourceId);
    const own = assignments.filter((one) => one.principalId.toLowerCase() === principalId.toLowerCase());
    return [...new Set(own.map(({ roleKey }) => roleKey))];
  });
}

type Assignment = Omit<WriterPrincipal, "roleName"> & { roleKey: string };

async function readAssignments(caller: AzureCaller, resourceId: string): Promise<Assignment[]> {
  return callArm(caller, async (arm) => {
    const found: Assignment[] = [];
    const client = new AuthorizationManagementClient(arm.credential, subscriptionOf(resourceId), arm.options);
    for await (const item of client.roleAssignments.listForScope(resourceId.replace(/^\//, ""), { filter: "atScope()" })) {
      if (item.principalId === undefined || item.roleDefinitionId === undefined) continue;
      const scope = item.scope ?? resourceId;
      // Management groups lie above every subscription and have no common prefix with it.
      if (!holdsOn(scope, resourceId) && /^\/subscriptions\//i.test(scope)) continue;
      found.push({
        principalId: item.principalId,
        principalType: item.principalType ?? "Unknown",
        scope,
        roleKey: roleKeyOf(item.roleDefinitionId),
      });
    }
    return found;
  });
}

async function readRoles(caller: AzureCaller, resourceId: string): Promise<Map<string, { name: string; permissions: Permission[] }>> {
  return callArm(caller, async (arm) => {
    const roles = new Map<string, { name: string; permissions: Permission[] }>();
    const subscriptionId = subscriptionOf(resourceId);
    const client = new AuthorizationManagementClient(arm.credential, subscriptionId, arm.options);
    for await (const role of client.roleDefinitions.list(`subscriptions/${subscriptionId}`)) {
      if (role.id === undefined) continue;
      roles.set(roleKeyOf(role.id), {
        name: role.roleName ?? "",
        permissions: (role.permissions ?? []).map((item) => ArmPermission.parse(item)),
      });
    }
    return roles;
  });
}

/** A role definition is the same at every scope that it is named from: its GUID counts. */
const roleKeyOf = (roleDefinitionId: string): string => idKey(roleDefinitionId).split("/").at(-1) ?? "";
