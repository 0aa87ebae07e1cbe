import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { BinderyError, isBinderyError } from "@/lib/kernel/errors";
import { resetBudget } from "./budget";
import { pollOperation } from "./operations";
import { startTestCloud, testCaller } from "./testing";
import { bindingApiVersion, deleteRoleBinding, getRoleBinding, listRoleBindings, putRoleBinding, readCatalogue } from "./trusted-access";
import type { AzureCaller, PlannedWrite } from "./types";

const cluster =
  "/subscriptions/7b1f0c2e-1111-4222-8333-944445555666/resourceGroups/rg-ml/providers/Microsoft.ContainerService/managedClusters/aks-prod";
const bindingId = `${cluster}/trustedAccessRoleBindings/ml`;
const source =
  "/subscriptions/7b1f0c2e-1111-4222-8333-944445555666/resourceGroups/rg-ml/providers/Microsoft.MachineLearningServices/workspaces/ws";
const roles = ["Microsoft.MachineLearningServices/workspaces/mlworkload"];
const bodyOf = (state: string, name = "ml") => ({
  id: `${cluster}/trustedAccessRoleBindings/${name}`,
  name,
  properties: { provisioningState: state, sourceResourceId: source, roles },
});
const put: PlannedWrite = {
  method: "PUT",
  resourceId: bindingId,
  apiVersion: bindingApiVersion,
  body: { properties: { sourceResourceId: source, roles } },
};
const remove: PlannedWrite = { method: "DELETE", resourceId: bindingId, apiVersion: bindingApiVersion, body: null };

let testCloud: Awaited<ReturnType<typeof startTestCloud>>;
beforeAll(async () => {
  testCloud = await startTestCloud();
});
afterAll(() => testCloud.close());
beforeEach(() => {
  resetBudget();
  testCloud.other.answer(() => ({ status: 200, body: { value: [], status: "Succeeded" } }));
});

async function failureOf(work: Promise<unknown>): Promise<BinderyError> {
  try {
    await work;
  } catch (error) {
    if (isBinderyError(error)) return error;
    throw error;
  }
  throw new Error("It did not fail.");
}

describe("writes", () => {
  test("a PUT comes back as soon as ARM took it, with the operation address as ARM wrote it, and is not polled", async () => {
    const address = `${testCloud.arm.origin}/subscriptions/s/providers/Microsoft.ContainerService/locations/eastus/operations/op?api-version=2025-03-01&t=1&s=signed%2Bvalue`;
    testCloud.arm.answer(() => ({ status: 201, headers: { "azure-asyncoperation": address }, body: bodyOf("Updating") }));
    const caller = testCaller({ plannedWrite: put });
    expect(await putRoleBinding(caller, bindingId, { sourceResourceId: source, roles })).toEqual({ status: 201, operationUrl: address });
    await new Promise((resolve) => setImmediate(resolve));
    expect(testCloud.arm.received.map(({ method }) => method)).toEqual(["PUT"]);
    expect(testCloud.arm.received[0]?.headers).toMatchObject({
      authorization: "Bearer a-secret-token",
      "x-ms-correlation-request-id": caller.correlationId,
    });
    expect(caller.notes).toMatchObject([{ method: "PUT", path: bindingId, apiVersion: bindingApiVersion, status: 201 }]);
    expect(caller.notes[0]?.bodyHash).toMatch(/^[0-9a-f]{64}$/);
    expect(JSON.stringify(caller.notes)).not.toContain("a-secret-token");
  });

  test("a PUT that ends in failure at once was still taken", async () => {
    testCloud.arm.answer(() => ({ status: 200, body: bodyOf("Failed") }));
    expect(await putRoleBinding(testCaller({ plannedWrite: put }), bindingId, { sourceResourceId: source, roles })).toEqual({
      status: 200,
      operationUrl: null,
    });
  });

  test("a DELETE gives 202 with its address, or 204 when there was nothing", async () => {
    testCloud.arm.answer(() => ({
      status: 202,
      headers: { "azure-asyncoperation": `${testCloud.arm.origin}/a`, location: `${testCloud.arm.origin}/l` },
    }));
    expect(await deleteRoleBinding(testCaller({ plannedWrite: remove }), bindingId)).toEqual({
      status: 202,
      operationUrl: `${testCloud.arm.origin}/a`,
    });
    testCloud.arm.answer(() => ({ status: 204 }));
    expect(await deleteRoleBinding(testCaller({ plannedWrite: remove }), bindingId)).toEqual({ status: 204, operationUrl: null });
  });

  test("a write that is not the planned one never leaves", async () => {
    testCloud.arm.answer(() => ({ status: 201, body: bodyOf("Updating") }));
    const attempts = [
      putRoleBinding(testCaller(), bindingId, { sourceResourceId: source, roles }),
      putRoleBinding(testCaller({ plannedWrite: put }), bindingId, {
        sourceResourceId: source,
        roles: [...roles, "Microsoft.MachineLearningServices/workspaces/inference-v1"],
      }),
      putRoleBinding(testCaller({ plannedWrite: put }), `${cluster}/trustedAccessRoleBindings/other`, { sourceResourceId: source, roles }),
      putRoleBinding(testCaller({ plannedWrite: { ...put, apiVersion: "2024-02-01" } }), bindingId, {
        sourceResourceId: source,
        roles,
      }),
      deleteRoleBinding(testCaller({ plannedWrite: put }), bindingId),
    ];
    for (const attempt of attempts) expect((await failureOf(attempt)).message).toMatch(/not the approved one/);
    expect(testCloud.arm.received).toEqual([]);
  });

  test("a write that got no answer, or a 5xx, is sent once and its outcome is unknown", async () => {
    for (const reply of [{ reset: true } as const, { status: 503, headers: { "retry-after": "0" } }]) {
      testCloud.arm.answer(() => reply);
      expect(
        (await failureOf(putRoleBinding(testCaller({ plannedWrite: put }), bindingId, { sourceResourceId: source, roles }))).code,
      ).toBe("azure_unavailable");
      expect(testCloud.arm.received).toHaveLength(1);
    }
  });

  test("a refused write keeps Azure's code, words and correlation id, which the client drops", async () => {
    const message =
      "The value of parameter properties.roles is invalid. Error details: non-exist role: Microsoft.X/y/z, please refer to aka.ms/aks/ta/role to list available roles";
    testCloud.arm.answer(() => ({
      status: 400,
      headers: { "x-ms-correlation-request-id": "from-azure", "x-ms-request-id": "r1" },
      body: { error: { code: "InvalidParameter", message } },
    }));
    const caller = testCaller({ plannedWrite: put });
    const failure = await failureOf(putRoleBinding(caller, bindingId, { sourceResourceId: source, roles }));
    expect(failure).toMatchObject({
      code: "azure_refused",
      message: "Azure does not know the trusted access role Microsoft.X/y/z here.",
      facts: { azureCode: "InvalidParameter", azureCorrelationId: "from-azure" },
    });
    expect(caller.notes).toMatchObject([{ status: 400, azureCode: "InvalidParameter", requestId: "r1" }]);
  });

  test("a claims challenge asks for a token with the claims, and what that throws comes through as it is", async () => {
    const claims = JSON.stringify({ access_token: { acrs: { essential: true, values: ["p1"] } } });
    testCloud.arm.answer(() => ({
      status: 401,
      headers: { "www-authenticate": `Bearer realm="", error="insufficient_claims", claims="${Buffer.from(claims).toString("base64")}"` },
      body: { error: { code: "InvalidAuthenticationToken", message: "No." } },
    }));
    const asked: (string | undefined)[] = [];
    const getToken: AzureCaller["getToken"] = async (_scopes, options) => {
      asked.push(options?.claims);
      if (options?.claims !== undefined) throw new BinderyError("sign_in_needed", "Sign in again.", { claims: options.claims });
      return { token: "t", expiresOnTimestamp: Date.now() + 3_600_000 };
    };
    const failure = await failureOf(
      putRoleBinding(testCaller({ plannedWrite: put, getToken }), bindingId, { sourceResourceId: source, roles }),
    );
    expect(failure).toMatchObject({ code: "sign_in_needed", facts: { claims } });
    expect(asked).toEqual([undefined, claims]);
  });
});

describe("reads", () => {
  test("lists follow nextLink as it is written and sort by name", async () => {
    testCloud.arm.answer(({ query }) =>
      query.get("page") === "2"
        ? { body: { value: [bodyOf("Succeeded", "a")] } }
        : {
            body: {
              value: [bodyOf("Succeeded", "b")],
              nextLink: `${testCloud.arm.origin}${cluster}/trustedAccessRoleBindings?api-version=${bindingApiVersion}&page=2`,
            },
          },
    );
    const read = await listRoleBindings(testCaller(), cluster);
    expect(read).toMatchObject({
      state: "ok",
      value: [{ name: "a" }, { name: "b", sourceResourceId: source, roles, provisioningState: "Succeeded" }],
    });
  });

  test("absent, no permission, sign-in and unavailable are told apart", async () => {
    const refusal =
      (status: number, code: string, message = "No.") =>
      () => ({ status, body: { error: { code, message } } });
    testCloud.arm.answer(refusal(404, "ResourceNotFound"));
    expect(await getRoleBinding(testCaller(), bindingId)).toEqual({ state: "absent" });
    testCloud.arm.answer(
      refusal(
        403,
        "AuthorizationFailed",
        `The client 'x' with object id 'y' does not have authorization to perform action 'Microsoft.ContainerService/managedClusters/read' over scope '${cluster}' or the scope is invalid.`,
      ),
    );
    expect(await listRoleBindings(testCaller(), cluster)).toMatchObject({
      state: "no-permission",
      action: "Microsoft.ContainerService/managedClusters/read",
      scope: cluster,
    });
    testCloud.arm.answer(refusal(401, "ExpiredAuthenticationToken"));
    expect(await getRoleBinding(testCaller(), bindingId)).toMatchObject({ state: "sign-in" });
    testCloud.arm.answer(
      refusal(
        400,
        "NoRegisteredProviderFound",
        "No registered resource provider found for location 'eastus' and API version '2025-10-01' for type 'x'.",
      ),
    );
    expect(await getRoleBinding(testCaller(), bindingId)).toMatchObject({
      state: "unavailable",
      azureCode: "NoRegisteredProviderFound",
      message: "This cloud or region does not offer api-version 2025-10-01 for this resource.",
    });
  });

  test("a read is repeated once after a failure of Azure's own and then succeeds", async () => {
    let first = true;
    testCloud.arm.answer(() => {
      if (!first) return { body: bodyOf("Succeeded") };
      first = false;
      return { reset: true };
    });
    const caller = testCaller();
    expect((await getRoleBinding(caller, bindingId)).state).toBe("ok");
    expect(caller.notes.map(({ status }) => status)).toEqual([null, 200]);
  });

  test("missing lists in the rules of a role are empty lists", async () => {
    testCloud.arm.answer(() => ({
      body: {
        value: [{ sourceResourceType: "Microsoft.X/y", name: "z", rules: [{ verbs: ["get"], apiGroups: [""], resources: ["pods"] }] }],
      },
    }));
    const read = await readCatalogue(testCaller(), "7b1f0c2e-1111-4222-8333-944445555666", "eastus");
    expect(read).toMatchObject({
      state: "ok",
      value: {
        location: "eastus",
        roles: [
          {
            sourceResourceType: "Microsoft.X/y",
            name: "z",
            rules: [{ verbs: ["get"], apiGroups: [""], resources: ["pods"], resourceNames: [], nonResourceURLs: [] }],
          },
        ],
      },
    });
  });
});

describe("the egress guard", () => {
  test("a poisoned nextLink gets no token, and not even a request", async () => {
    testCloud.arm.answer(() => ({ body: { value: [bodyOf("Succeeded")], nextLink: `${testCloud.other.origin}/steal` } }));
    expect(await listRoleBindings(testCaller(), cluster)).toMatchObject({
      state: "unavailable",
      message: expect.stringContaining(new URL(testCloud.other.origin).host) as string,
    });
    expect(testCloud.other.received).toEqual([]);
  });

  test("a poisoned operation address gets no token, and not even a request", async () => {
    for (const address of [`${testCloud.other.origin}/op`, "http://localhost/op", "https://user:pw@localhost/op", "nonsense"]) {
      expect((await failureOf(pollOperation(testCaller(), address))).message).toMatch(/not the configured Azure endpoint/);
    }
    expect(testCloud.other.received).toEqual([]);
    expect(testCloud.arm.received.filter(({ path }) => path === "/op")).toEqual([]);
  });

  test("a redirect is not followed, to whatever host", async () => {
    testCloud.arm.answer(({ path }) =>
      path === "/moved" ? { body: bodyOf("Succeeded") } : { status: 307, headers: { location: `${testCloud.arm.origin}/moved` } },
    );
    expect((await getRoleBinding(testCaller(), bindingId)).state).toBe("unavailable");
    expect(testCloud.arm.received).toHaveLength(1);
    testCloud.arm.answer(() => ({ status: 302, headers: { location: `${testCloud.other.origin}/steal` } }));
    expect((await getRoleBinding(testCaller(), bindingId)).state).toBe("unavailable");
    expect(testCloud.other.received).toEqual([]);
  });
});
