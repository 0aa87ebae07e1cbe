import { randomUUID } from "node:crypto";
import { type Actor, proveActor } from "@/lib/auth/actor";
import { queries } from "@/lib/azure/resource-graph";
import type { Received, Reply } from "@/lib/azure/testing";
import type { AzureCaller, RoleBinding } from "@/lib/azure/types";
import { idKey } from "@/lib/kernel/resource-id";
import type { TrustedAccessRole } from "@/lib/roles/rules";

const tenant = "11111111-1111-4111-8111-111111111111";
export const testSubscription = "7b1f0c2e-1111-4222-8333-944445555666";
const group = `/subscriptions/${testSubscription}/resourceGroups/rg-ml`;
export const clusterIdNamed = (name: string): string => `${group}/providers/Microsoft.ContainerService/managedClusters/${name}`;
export const workspaceIdNamed = (name: string): string => `${group}/providers/Microsoft.MachineLearningServices/workspaces/${name}`;

/** What a test's ARM knows. Persons are named by their oid; whoever is in `blind` reads nothing, whoever is in `unlisting` no bindings. */
export type TestFleet = {
  clusters: { name: string; tags?: Record<string, string> }[];
  workspaces: string[];
  /** By cluster name. */
  bindings: Record<string, Pick<RoleBinding, "name" | "sourceResourceId" | "roles">[]>;
  roles: TrustedAccessRole[];
  blind: string[];
  unlisting: string[];
  /** Resource Graph does not answer, so that lists are read subscription by subscription. */
  graphDown: boolean;
};

/** A person for tests. Its tokens are its oid. */
export function testActor(portalRoles: string[], oid: string = randomUUID()): Actor {
  return proveActor({
    tid: tenant,
    oid,
    personKey: oid,
    homeAccountId: `${oid}.${tenant}`,
    name: "Alex Reyes",
    upn: "alex@contoso.example",
    portalRoles,

    sessionId: "s",
    authTime: new Date(),
    acrs: [],
    amr: ["pwd"],
    ip: null,
    userAgent: null,
  });
}

/** The caller of such a person: for `vi.mock("@/lib/auth/caller")`. */
export function testCallerFor(actor: { tid: string; oid: string }): AzureCaller {
  const getToken = async () => ({ token: actor.oid, expiresOnTimestamp: Date.now() + 3_600_000 });
  return { tid: actor.tid, oid: actor.oid, correlationId: randomUUID(), getToken };
}

/** An ARM that answers from a fleet, for `TestServer.answer`. */
export function fleetArm(fleet: TestFleet): (request: Received) => Reply {
  return (request) => {
    const oid = request.headers.authorization?.replace("Bearer ", "") ?? "";
    const path = idKey(request.path);
    const blind = fleet.blind.includes(oid);
    if (path === "/providers/microsoft.resourcegraph/resources") return graph(fleet, blind, JSON.parse(request.body) as { query: string });
    if (path === "/subscriptions")
      return {
        body: {
          value: blind
            ? []
            : [
                {
                  id: `/subscriptions/${testSubscription}`,
                  subscriptionId: testSubscription,
                  displayName: "Contoso Dev",
                  tenantId: tenant,
                  state: "Enabled",
                },
              ],
        },
      };
    if (blind)
      return refusal(
        403,
        "AuthorizationFailed",
        `The client 'x' with object id '${oid}' does not have authorization to perform action 'Microsoft.X/read' over scope '${request.path}' or the scope is invalid.`,
      );
    return resource(fleet, path, oid);
  };
}

function resource(fleet: TestFleet, path: string, oid: string): Reply {
  if (path.endsWith("/providers/microsoft.containerservice/managedclusters")) return { body: { value: fleet.clusters.map(clusterJson) } };
  if (path.endsWith("/trustedaccessroles")) return { body: { value: fleet.roles } };
  if (path.endsWith("/locks") || path.endsWith("/roleassignments") || path.endsWith("/roledefinitions")) return { body: { value: [] } };
  if (path.endsWith("/permissions")) return { body: { value: [{ actions: ["*"], notActions: [] }] } };
  const cluster = fleet.clusters.find(
    ({ name }) => path === idKey(clusterIdNamed(name)) || path.startsWith(`${idKey(clusterIdNamed(name))}/`),
  );
  if (cluster !== undefined && path.endsWith("/trustedaccessrolebindings")) {
    if (fleet.unlisting.includes(oid)) return refusal(403, "AuthorizationFailed", "No.");
    return {
      body: {
        value: (fleet.bindings[cluster.name] ?? []).map(({ name, ...rest }) => ({
          id: `${clusterIdNamed(cluster.name)}/trustedAccessRoleBindings/${name}`,
          name,
          properties: { provisioningState: "Succeeded", ...rest },
        })),
      },
    };
  }
  if (cluster !== undefined) return { body: clusterJson(cluster) };
  const workspace = fleet.workspaces.find((name) => path === idKey(workspaceIdNamed(name)));
  return workspace === undefined ? refusal(404, "ResourceNotFound", `${path} was not found.`) : { body: workspaceJson(workspace) };
}

function graph(fleet: TestFleet, blind: boolean, { query }: { query: string }): Reply {
  if (fleet.graphDown) return refusal(400, "BadRequest", "Resource Graph is out of order.");
  const rows =
    query === queries.clusters
      ? fleet.clusters.map(clusterJson)
      : query === queries.workspaces
        ? fleet.workspaces.map(workspaceJson)
        : null;
  if (rows === null) return refusal(400, "InvalidQuery", query);
  return { body: { totalRecords: rows.length, count: rows.length, resultTruncated: "false", data: blind ? [] : rows } };
}

const clusterJson = ({ name, tags = {} }: TestFleet["clusters"][number]) => ({
  id: clusterIdNamed(name),
  name,
  type: "Microsoft.ContainerService/managedClusters",
  location: "eastus",
  tags,
  properties: {
    provisioningState: "Succeeded",
    powerState: { code: "Running" },
    kubernetesVersion: "1.33.5",
    resourceUID: `uid-${name}`,
    agentPoolProfiles: [],
  },
});

const workspaceJson = (name: string) => ({
  id: workspaceIdNamed(name),
  name,
  type: "Microsoft.MachineLearningServices/workspaces",
  location: "eastus",
  identity: { type: "SystemAssigned", principalId: randomUUID(), tenantId: tenant },
  properties: { friendlyName: `The ${name}` },
});

const refusal = (status: number, code: string, message: string): Reply => ({ status, body: { error: { code, message } } });
