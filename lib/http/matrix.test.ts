import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { holds } from "@/lib/auth/actor";
import { TestBrowser } from "@/lib/auth/testing/browser";
import { startIssuer, type TestIssuer } from "@/lib/auth/testing/issuer";
import { signedIn } from "@/lib/auth/testing/signed-in";
import { db } from "@/lib/db/client";
import { testDatabase } from "@/lib/db/testing";
import { type RouteKey, routes } from "./contract";
import type { Route } from "./route";

testDatabase();
let issuer: TestIssuer;

/** Who asks: nobody, somebody whose session ended, and a person of every combination of portal roles that counts. */
const persons: Record<string, string[] | null> = {
  nobody: null,
  "somebody whose session ended": null,
  "a person without a portal role": [],
  "a person of a role that is not ours": ["Owner"],
  "a Requester": ["Requester"],
  "an Approver": ["Approver"],
  "an Approver of payments": ["Approver.Payments"],
  "an Auditor": ["Auditor"],
  "an Administrator": ["Administrator"],
};
const oidOf = (person: string): string => `aaaaaaaa-0000-4000-8000-${String(Object.keys(persons).indexOf(person)).padStart(12, "0")}`;
const accountOf = (person: string): string => `${oidOf(person)}.${process.env.BINDERY_TENANT_ID}`;

const id = "0190a5a0-0000-7000-8000-000000000000";
const subscription = "7b1f0c2e-1111-4222-8333-944445555666";
const group = `/subscriptions/${subscription}/resourceGroups/rg-ml/providers`;
const source = `${group}/Microsoft.MachineLearningServices/workspaces/ws`;
const grant = {
  kind: "binding-grant",
  clusterId: `${group}/Microsoft.ContainerService/managedClusters/aks`,
  name: "ml",
  sourceResourceId: source,
  roles: ["Microsoft.MachineLearningServices/workspaces/mlworkload"],
  hours: 24,
  reason: "A test.",
};
const batch = { kind: "network-authorize", clusterIds: [grant.clusterId, `${grant.clusterId}-2`], reason: "A test." };
/** What a route is called with, where it needs anything; well-formed, so that a refusal is about the person. */
const samples: Partial<Record<RouteKey, { params?: Record<string, string>; query?: Record<string, string>; body?: unknown }>> = {
  "DELETE /api/v1/sessions/{id}": { params: { id: "0".repeat(64) } },
  "POST /api/v1/sign-out": { body: {} },
  "GET /api/v1/clusters/{subscription}/{group}/{name}": { params: { subscription, group: "rg-ml", name: "aks" } },
  "GET /api/v1/clusters/{subscription}/{group}/{name}/azureml": { params: { subscription, group: "rg-ml", name: "aks" } },
  "GET /api/v1/clusters/{subscription}/{group}/{name}/pods": { params: { subscription, group: "rg-ml", name: "aks" } },
  "GET /api/v1/clusters/{subscription}/{group}/{name}/access": { params: { subscription, group: "rg-ml", name: "aks" } },
  "POST /api/v1/clusters/{subscription}/{group}/{name}/readings": {
    params: { subscription, group: "rg-ml", name: "aks" },
    body: { what: "pods" },
  },
  "GET /api/v1/clusters/{subscription}/{group}/{name}/readings/{id}": { params: { subscription, group: "rg-ml", name: "aks" } },
  "GET /api/v1/workspaces/{subscription}/{group}/{name}": { params: { subscription, group: "rg-ml", name: "ws" } },
  "GET /api/v1/sources/one": { query: { id: source } },
  "GET /api/v1/roles": { query: { subscription, location: "eastus" } },
  "POST /api/v1/deployments/paste": { body: { text: "az k8s-extension create --name azureml" } },
  "POST /api/v1/deployments/lint": { body: { extension: { name: "azureml", settings: {}, protected: {} } } },
  "POST /api/v1/deployments/certificates": { body: { certificate: "none", key: "none" } },
  "POST /api/v1/deployments/protected-values": { body: { key: "enableTraining", value: "x" } },
  "GET /api/v1/deployments/attached": { query: { clusterId: grant.clusterId, workspaceId: source } },
  "POST /api/v1/requests/check": { body: grant },
  "POST /api/v1/requests": { body: grant },
  "POST /api/v1/requests/{id}/decisions": { body: { digest: "0".repeat(64), verdict: "reject", reason: "No." } },
  "POST /api/v1/requests/{id}/withdraw": { body: {} },
  "POST /api/v1/batches/check": { body: batch },
  "POST /api/v1/batches": { body: batch },
  "POST /api/v1/batches/{id}/decisions": {
    body: { plans: [{ id, digest: "0".repeat(64) }], verdict: "reject", reason: "No." },
  },
  "POST /api/v1/requests/{id}/comments": { body: { text: "A comment." } },
  "POST /api/v1/network/snapshots/from-azure": { body: { subscription, location: "eastus" } },
  "POST /api/v1/network/snapshots/{id}/standing": { body: { withdrawn: true, reason: "A test." } },
  "GET /api/v1/network/snapshots/compare": { query: { from: id, to: id } },
  "GET /api/v1/network/tags/{name}": { params: { name: "AzureMachineLearning" } },
  "POST /api/v1/network/warnings/accept": { body: { ids: [id], reason: "A test." } },
  "POST /api/v1/settings/pause-writes": { body: { paused: false, reason: "A test." } },
  "GET /api/v1/audit/export": { query: { format: "jsonl" } },
};

type Handler = (request: Request, context: { params: Promise<Record<string, string>> }) => Promise<Response>;

/** The handler that Next would call for a route. */
async function handlerOf(key: RouteKey): Promise<Handler> {
  const [method = "", path = ""] = key.split(" ");
  const file = join(process.cwd(), "app", path.replaceAll(/\{(\w+)\}/g, "[$1]"), "route.ts");
  const handler = ((await import(file)) as Record<string, Handler | undefined>)[method];
  if (handler === undefined) throw new Error(`${file} exports no ${method}.`);
  return handler;
}

/** Calls a route as a person, from a page of ours or of somebody else. */
async function call(key: RouteKey, person: string, origin: string): Promise<{ status: number; code: string | undefined }> {
  const sample = samples[key] ?? {};
  const [method = "", path = ""] = key.split(" ");
  const params = { ...(path.includes("{id}") ? { id } : {}), ...sample.params };
  const gone = new AbortController();
  const headers: Record<string, string> = { origin, "content-type": "application/json", ...(await cookieOf(person)) };
  const init: RequestInit = { method, headers, signal: gone.signal };
  if (sample.body !== undefined) init.body = JSON.stringify(sample.body);
  const request = new Request(`http://localhost:3000${path}?${new URLSearchParams(sample.query)}`, init);
  const response = await (await handlerOf(key))(request, { params: Promise.resolve(params) });
  const isProblem = response.headers.get("content-type")?.startsWith("application/problem+json") === true;
  const code = isProblem ? ((await response.json()) as { code: string }).code : undefined;
  gone.abort();
  return { status: response.status, code };
}

/** A new session of the person for each call, since some calls end it. */
async function cookieOf(person: string): Promise<Record<string, string>> {
  if (person === "nobody") return {};
  const ended = person === "somebody whose session ended" ? { endedAt: new Date(), endedBy: "a test" } : {};
  const facts = { oid: oidOf(person), homeAccountId: accountOf(person), name: person, portalRoles: persons[person] ?? ["Administrator"] };
  return { cookie: (await signedIn({ ...facts, ...ended })).cookie };
}

function expected(route: Route, method: string, person: string, origin: string): 401 | 403 | "allowed" {
  const roles = persons[person];
  const foreign = origin !== ours && method !== "GET";
  if (route.access === "public") return foreign ? 403 : "allowed";
  if (roles === null || roles === undefined) return 401;
  if (foreign) return 403;
  if (route.access === "signed-in") return "allowed";
  return route.access.some((role) => holds({ portalRoles: roles }, role)) ? "allowed" : 403;
}

const ours = "http://localhost:3000";

beforeAll(async () => {
  issuer = await startIssuer(process.env.BINDERY_TENANT_ID ?? "", process.env.BINDERY_CLIENT_ID ?? "");
  issuer.arm = (method, path) => {
    if (path.includes("Microsoft.ResourceGraph"))
      return { status: 200, body: { totalRecords: 0, count: 0, resultTruncated: "false", data: [] } };
    if (path.startsWith("/subscriptions?")) return { status: 200, body: { value: [] } };
    return { status: method === "GET" ? 404 : 500, body: { error: { code: "ResourceNotFound", message: "There is no such resource." } } };
  };
  for (const [person, roles] of Object.entries(persons)) {
    if (roles === null) continue;
    const claims = { oid: oidOf(person), name: person, preferred_username: "someone@contoso.example", roles };
    await new TestBrowser(issuer).signIn(claims);
  }
}, 120_000);
afterAll(() => issuer.close());

describe.each(Object.keys(routes) as RouteKey[])("%s", (key) => {
  const method = key.split(" ")[0] ?? "";
  const origins = method === "GET" ? [ours] : [ours, "https://evil.example"];
  test.each(Object.keys(persons).flatMap((person) => origins.map((origin) => [person, origin] as const)))(
    "%s, from %s",
    async (person, origin) => {
      const want = expected(routes[key], method, person, origin);
      const before = await db().auditEvent.count({ where: { action: { in: ["access-denied", "foreign-origin-refused"] } } });
      const got = await call(key, person, origin);
      // An allowed call may still find nothing, or be told that the input does not fit; it is never turned away and never breaks.
      const passed = ![401, 403, 500].includes(got.status);
      const refusal = { status: want, code: want === 401 ? "not_signed_in" : "forbidden" };
      expect(want === "allowed" && passed ? "allowed" : got).toEqual(want === "allowed" ? "allowed" : refusal);
      const after = await db().auditEvent.count({ where: { action: { in: ["access-denied", "foreign-origin-refused"] } } });
      expect(after - before).toBe(want === 403 ? 1 : 0);
    },
  );
});
