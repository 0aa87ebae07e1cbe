import { createHttpHeaders } from "@azure/core-rest-pipeline";
import { describe, expect, test } from "vitest";
import type { Call } from "./call";
import { claimsOf, refusal, toBinderyError } from "./failures";
import { testCaller } from "./testing";

const call: Call = {
  caller: testCaller(),
  deadlineMs: 20_000,
  deadlineAt: Date.now() + 20_000,
  signal: new AbortController().signal,
  last: null,
};
const of = (status: number, code: string, message: string, more: object = {}) =>
  refusal({ status, headers: createHttpHeaders(), text: JSON.stringify({ error: { code, message, ...more } }) }, call);

describe("Azure's refusals in the words of the house", () => {
  test.each([
    [
      403,
      "AuthorizationFailed",
      "The client 'a@b' with object id '1' does not have authorization to perform action 'Microsoft.X/y/write' over scope '/subscriptions/s' or the scope is invalid. If access was recently granted, please refresh your credentials.",
      "rights_needed",
      "This person lacks the Azure right Microsoft.X/y/write on /subscriptions/s.",
    ],
    [
      403,
      "LinkedAuthorizationFailed",
      "The client has permission to perform action 'A' on scope '/s'; however, it does not have permission to perform action(s) 'B/join/action' on the linked scope(s) '/t' or the linked scope(s) are invalid.",
      "rights_needed",
      "This person lacks the Azure right B/join/action on /t.",
    ],
    [
      403,
      "DenyAssignmentAuthorizationFailed",
      "The client has permission, however the access is denied because of the deny assignment with name 'Managed app' and Id 'x' at scope '/s'.",
      "azure_refused",
      'A deny assignment in Azure ("Managed app") forbids this, whatever roles a person holds.',
    ],
    [
      409,
      "ScopeLocked",
      "The scope '/s/x' cannot perform delete operation because following scope(s) are locked: '/s/rg'. Please remove the lock and try again.",
      "azure_refused",
      "A lock in Azure stops this: /s/rg.",
    ],
    [
      409,
      "MissingSubscriptionRegistration",
      "The subscription is not registered to use namespace 'Microsoft.ContainerService'. See https://aka.ms/rps-not-found",
      "azure_refused",
      "The subscription is not registered for Microsoft.ContainerService.",
    ],
    [
      409,
      "OperationNotAllowed",
      "Operation is not allowed: another operation is in progress.",
      "conflict",
      "Another operation is in the way in Azure: Operation is not allowed: another operation is in progress.",
    ],
    [
      400,
      "MissingAADClusterToken",
      "This cluster have Azure Active Directory enabled, .clusterToken is required.",
      "azure_refused",
      "The cluster uses Entra and got no token of this person beside the command.",
    ],
    [400, "RunCommandDisabled", "It is disabled.", "azure_refused", "The run command of the cluster is off."],
    [400, "BadRequest", "Run command is disabled for this cluster.", "azure_refused", "The run command of the cluster is off."],
    [400, "OperationNotAllowed", "managed cluster 'a' is in the Stopped power state.", "conflict", "The cluster is stopped."],
    [409, "ClusterNotRunning", "The managed cluster 'a' is not running.", "conflict", "The cluster is stopped."],
    [
      400,
      "BadRequest",
      "Failed to get static credential: Getting static credential is not allowed because this cluster is set to disable local accounts.",
      "azure_refused",
      "Azure ML asked for a static credential, and the cluster has its local accounts off.",
    ],
    [
      404,
      "SubscriptionNotFound",
      "The subscription 's' could not be found.",
      "rights_needed",
      "This person cannot see that Azure subscription.",
    ],
    [
      404,
      "ResourceGroupNotFound",
      "Resource group 'x' could not be found.",
      "not_found",
      "Azure finds nothing there: Resource group 'x' could not be found.",
    ],
    [400, "BadRequest", "Too many bindings.", "azure_refused", "Azure refused the call (BadRequest): Too many bindings."],
    [500, "InternalServerError", "Oops.", "azure_unavailable", "Azure had a failure of its own (500): Oops."],
  ])("%i %s", (status, code, message, ours, words) => {
    const error = of(status, code, message);
    expect(error).toMatchObject({ code: ours, message: words, facts: { azureCode: code, azureCorrelationId: call.caller.correlationId } });
    expect(error.facts.remedy).toBeTruthy();
  });

  test("a denial of Azure Policy names the assignment and is not a missing right", () => {
    const error = of(403, "RequestDisallowedByPolicy", "Resource 'ml' was disallowed by policy.", {
      additionalInfo: [{ type: "PolicyViolation", info: { policyAssignmentDisplayName: "No trusted access" } }],
    });
    expect(error).toMatchObject({ code: "azure_refused", message: 'Azure Policy forbids this: "No trusted access".' });
  });

  test("a template that Azure Policy or a lock stops says so, from its details", () => {
    const details = [
      { code: "Odd", message: "Odd." },
      {
        code: "RequestDisallowedByPolicy",
        message: "No.",
        additionalInfo: [{ info: { policyAssignmentDisplayName: "No public storage" } }],
      },
    ];
    expect(of(400, "InvalidTemplateDeployment", "See tracking id.", { details })).toMatchObject({
      code: "azure_refused",
      message: 'Azure Policy forbids this: "No public storage".',
    });
    expect(of(400, "InvalidTemplateDeployment", "See tracking id.").message).toBe(
      "Azure refused the call (InvalidTemplateDeployment): See tracking id.",
    );
  });

  test("a missing right on extensions may be a missing registration, and the remedy says so", () => {
    const missing = (action: string) =>
      of(403, "AuthorizationFailed", `It does not have authorization to perform action '${action}' over scope '/s'.`).facts.remedy;
    expect(missing("Microsoft.KubernetesConfiguration/extensionaddons/read")).toMatch(
      /not registered for Microsoft\.KubernetesConfiguration/,
    );
    expect(missing("Microsoft.ContainerService/managedClusters/read")).not.toMatch(/registered/);
  });

  test.each(["constructor", "toString", "__proto__"])("a code that is a member of every object (%s) is worded by its status", (code) => {
    expect(of(409, code, "No.")).toMatchObject({ code: "conflict", message: "Another operation is in the way in Azure: No." });
  });

  test("429 gives the seconds to wait", () => {
    expect(refusal({ status: 429, headers: createHttpHeaders({ "retry-after": "17" }), text: "" }, call)).toMatchObject({
      code: "throttled",
      facts: { retryAfterSeconds: 17 },
    });
  });

  test("an answer in HTML still has a sentence", () => {
    expect(refusal({ status: 502, headers: createHttpHeaders(), text: "<html>" }, call)).toMatchObject({
      code: "azure_unavailable",
      message: "Azure had a failure of its own (502).",
    });
  });

  test("the claims of a challenge are decoded", () => {
    expect(claimsOf(`Bearer error="insufficient_claims", claims="${Buffer.from('{"a":1}').toString("base64")}"`)).toBe('{"a":1}');
    expect(claimsOf("Bearer")).toBeUndefined();
  });
});

test("what is not an answer at all is unavailable, and says why", () => {
  expect(toBinderyError(Object.assign(new Error("x"), { code: "ENOTFOUND" }), call).message).toBe(
    "The name of Azure's endpoint could not be resolved.",
  );
  expect(toBinderyError(Object.assign(new Error("x"), { code: "SELF_SIGNED_CERT_IN_CHAIN" }), call).message).toBe(
    "The certificate of Azure's endpoint is not trusted here.",
  );
  expect(toBinderyError(Object.assign(new Error("x"), { name: "AbortError" }), call).message).toBe("Azure did not answer within 20 s.");
  const strange = toBinderyError(new TypeError("x"), { ...call, last: { status: 200, headers: createHttpHeaders(), text: "{}" } });
  expect(strange).toMatchObject({ code: "azure_unavailable", message: "Azure answered in a shape that Bindery does not know." });
});
