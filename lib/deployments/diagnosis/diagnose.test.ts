import { describe, expect, test } from "vitest";
import type { HealthReport } from "../health/report";
import { diagnose, type Failure, knownCauses } from "./diagnose";
import { applyPlanChange } from "./diagnosis";
import { errorInfoText, foreignObject, notRegistered, operationText, requestText, takenBack, webhookText } from "./testing/texts";

const ids = (failure: Failure): string[] => diagnose(failure).map(({ id }) => id);
const ofExtension = (inner: string, rest: Partial<Failure> = {}): Failure => ({
  source: "extension",
  code: "ExtensionOperationFailed",
  message: operationText(inner),
  ...rest,
});
const reportOf = (code: string, message = code): HealthReport[] => [
  { phase: "pre-install", checks: [{ name: "one", status: "failed", code, message, critical: Number(code.slice(1)) < 45_000 }] },
];

describe("the extension", () => {
  test.each([
    ["volcano-in-the-way", takenBack(foreignObject('CustomResourceDefinition "jobs.batch.volcano.sh"'))],
    ["prometheus-in-the-way", foreignObject('CustomResourceDefinition "prometheuses.monitoring.coreos.com"')],
    ["legacy-router-in-the-way", foreignObject('ClusterRole "azureml-fe-role"')],
    ["another-extension-in-the-way", foreignObject('CustomResourceDefinition "amljobs.amlarc.azureml.com"')],
    ["ingress-in-the-way", foreignObject('IngressClass "nginx"')],
    ["foreign-object", foreignObject('ClusterRole "mine"')],
    ["ingress-webhook", takenBack(webhookText)],
    ["name-in-use", "release machine-learning failed: cannot re-use a name that is still in use"],
    ["helm-busy", "Earlier operation for the helm chart is still in progress"],
    [
      "namespace-terminating",
      'pods "healthcheck" is forbidden: unable to create new content in namespace azureml because it is being terminated',
    ],
    ["no-such-version", "Failed in download the Chart path not found"],
    ["no-status", "Unable to get the status from the local CRD with the error : {Error : Retry for given duration didn't get any results}"],
    ["timed-out", takenBack("timed out waiting for the condition")],
    ["timed-out", "Retry for given duration didn't get any results with err {status not populated}"],
    ["healthcheck-failed", takenBack("failed pre-install: pod healthcheck failed")],
    ["healthcheck-failed", takenBack("failed pre-install: job failed: BackoffLimitExceeded")],
    ["agents-silent", "Get https://westeurope.dp.kubernetesconfiguration.azure.com/: context canceled"],
  ])("%s is recognised in both of its texts", (id, inner) => {
    expect(ids(ofExtension(inner))[0]).toBe(id);
    expect(ids({ source: "extension", code: "InstallationFailed", message: errorInfoText(inner) })[0]).toBe(id);
  });

  test("the general advice about policies is never the answer", () => {
    expect(ids(ofExtension(takenBack("failed pre-install: pod healthcheck failed")))).toEqual(["healthcheck-failed"]);
  });

  test("an application without rights means a provider that is not registered, and not a missing right", () => {
    const [first, ...rest] = diagnose({ source: "extension", message: notRegistered });
    expect(first).toMatchObject({
      id: "provider-not-registered",
      change: { do: "register-providers", namespaces: ["Microsoft.KubernetesConfiguration"] },
      retry: "after-change",
    });
    expect(rest).toEqual([]);
  });

  test("a refused token means a cluster with a service principal", () => {
    const message = requestText("Unauthorized", { code: "InvalidAuthenticationToken", message: "The received access token is not valid." });
    expect(ids({ source: "extension", message })).toEqual(["service-principal"]);
  });

  test("the report's own finding comes before the failure that it caused", () => {
    const failure = ofExtension(takenBack("failed pre-install: pod healthcheck failed"), {
      report: reportOf("E40002", "INSUFFICIENT_NODE: 1 of 3 schedulable nodes were found."),
    });
    const [first, second] = diagnose(failure);
    expect(first).toMatchObject({ id: "e40002", evidence: "INSUFFICIENT_NODE: 1 of 3 schedulable nodes were found." });
    expect(second?.id).toBe("healthcheck-failed");
    const timedOut = ofExtension(takenBack("timed out waiting for the condition"), { report: reportOf("E40005") });
    expect(ids(timedOut)).toEqual(["e40005", "timed-out"]);
  });

  test("a code in the extension's own text is looked up", () => {
    expect(ids(ofExtension("healthcheck: E45002 PROMETHEUS_CONFLICT"))).toEqual(["e45002"]);
  });

  test("statuses tell when the message does not, unless they are only information", () => {
    const status = (level: string) => [
      {
        code: "InstallationFailed",
        displayStatus: null,
        level,
        message: errorInfoText("cannot re-use a name that is still in use"),
        time: null,
      },
    ];
    expect(ids({ source: "extension", message: "Failed", statuses: status("Error") })).toEqual(["name-in-use"]);
    expect(ids({ source: "extension", message: "Failed", statuses: status("Information") })).toEqual(["unknown"]);
  });
});

test("the same code means other things in other places", () => {
  const health = diagnose({ source: "health-report", code: "E45004", message: "AZUREML_FE_ROLE_CONFLICT" })[0];
  const job = diagnose({ source: "job", code: "E45004", message: "failed" })[0];
  expect(health).toMatchObject({ id: "e45004", retry: "after-outside-fix" });
  expect(job).toMatchObject({ id: "training-off", change: { do: "settings" } });
  expect(ids({ source: "job", message: "Cluster does not support job type RegularJob" })).toEqual(["training-off"]);
});

test.each([
  ["local-accounts-off", null, "Failed to get static credential, please check whether you disable local accounts."],
  ["identity-roles", "ComputeNotAccessible", "AKS role check failed for user assigned identity 'x'."],
  ["cluster-not-reachable", "GenericClusterError", "Failed to connect."],
  ["cluster-not-reachable", null, "ClusterNotReachable: dial tcp"],
  ["cluster-unauthorized", "ClusterUnauthorized", ""],
  ["no-extension", "InvalidComputeNoKubernetesConfiguration", "Cannot find kubernetes configuration"],
  ["attach-gave-up", "InternalServerError", "InternalServerError"],
  ["compute-error", "GenericComputeError", ""],
  ["e45006", null, "extension healthcheck failed with E45006"],
  ["no-free-slot", "TrustedAccessRoleBindingLimitExceeded", ""],
])("an attach: %s", (id, code, message) => {
  expect(ids({ source: "compute", code, message })[0]).toBe(id);
});

test.each([
  ["arm", "azure-policy", "RequestDisallowedByPolicy", "Resource 'x' was disallowed by policy."],
  ["arm", "locked", "ScopeLocked", ""],
  [
    "arm",
    "missing-right",
    "AuthorizationFailed",
    "does not have authorization to perform action 'Microsoft.ContainerService/managedClusters/write'",
  ],
  ["arm", "subscription-not-registered", "MissingSubscriptionRegistration", ""],
  ["arm", "azure-busy", "OperationNotAllowed", "Operation is not allowed: Another operation is in progress"],
  ["arm", "quota", "OperationNotAllowed", "exceeding approved Total Regional Cores quota"],
  ["kubernetes", "no-room", null, "0/1 nodes are available: insufficient cpu. preemption: 0/1 nodes are available"],
  ["kubernetes", "tainted", null, "0/3 nodes are available: 3 node(s) had untolerated taint {gpu: true}."],
  ["kubernetes", "pod-image", "ImagePullBackOff", ""],
  ["job", "proxy-to-self", null, "exit code 137 in container identity-sidecar"],
] as const)("%s: %s", (source, id, code, message) => {
  expect(ids({ source, code, message })[0]).toBe(id);
});

test("words of one place are not looked for in another", () => {
  expect(ids({ source: "kubernetes", message: "cannot re-use a name that is still in use" })).toEqual(["unknown"]);
});

test("a code inside a longer word is not that code", () => {
  expect(ids({ source: "compute", message: "NotReallyClusterNotFoundException" })).toEqual(["unknown"]);
});

test("an unknown text gives one answer that says so, with the innermost words", () => {
  const [answer, ...rest] = diagnose(ofExtension("something quite new"));
  expect(rest).toEqual([]);
  expect(answer).toMatchObject({ id: "unknown", title: "Not known here", evidence: "something quite new", retry: "as-is" });
  expect(diagnose({ source: "arm", message: "" })[0].cause).toBe("Azure gave no reason.");
});

test("every row says what to do, has an id of its own, and is found by its own code or words", () => {
  expect(new Set(knownCauses.map(({ id }) => id)).size).toBe(knownCauses.length);
  for (const cause of knownCauses) {
    expect(cause.remedy, cause.id).not.toBe("");
    const phrases = cause.phrases ?? [];
    expect(
      phrases.flat().every((part) => part === part.toLowerCase()),
      cause.id,
    ).toBe(true);
    const texts = phrases.map((all) => all.join(" … "));
    for (const source of cause.sources) {
      for (const message of texts) expect(ids({ source, message }), `${cause.id}: ${message}`).toContain(cause.id);
      for (const code of cause.codes ?? []) expect(ids({ source, code, message: "" }), cause.id).toContain(cause.id);
    }
  }
});

test("changes are made to the request, and to nothing else", () => {
  const input = { name: "azureml", settings: { enableTraining: "True" }, protected: {}, version: "1.0.51", autoUpgrade: false };
  const [noRoom] = diagnose({ source: "health-report", code: "E40002", message: "" });
  expect(applyPlanChange(input, noRoom.change!).settings).toEqual({ enableTraining: "True", inferenceRouterHA: "False" });
  const [version] = diagnose(ofExtension("Failed in download the Chart path not found"));
  expect(applyPlanChange(input, version.change!)).toEqual({
    name: "azureml",
    settings: { enableTraining: "True" },
    protected: {},
    autoUpgrade: true,
  });
  expect(input.version).toBe("1.0.51");
  const [provider] = diagnose({ source: "extension", message: notRegistered });
  expect(applyPlanChange(input, provider.change!)).toBe(input);
});

test("evidence is short and holds no secret", () => {
  const pem = "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASC\nBKcwggSjAgEAAoIBAQC7\n-----END PRIVATE KEY-----";
  const base64 = `LS0tLS1CRUdJTiBQUklWQVRFIEtFWS0tLS0t${"QUJD".repeat(40)}`;
  const random = "aB3dE5fG7hJ9kL1mN3pQ5rS7tU9vW1xY3zA5bC7dE9f";
  const token = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ4In0.c2lnbmF0dXJl";
  const around = (secret: string) => `Secret is invalid: ${secret} timed out waiting for the condition`;
  for (const secret of [pem, base64, random, `${random}==`, token, "password=hunter2-hunter2", "Bearer abc.def"]) {
    const [answer] = diagnose(ofExtension(around(secret)));
    expect(answer.id).toBe("timed-out");
    expect(answer.evidence).toContain("[redacted]");
    expect(answer.evidence).not.toContain(secret.slice(9, 24));
    expect(answer.evidence.length).toBeLessThanOrEqual(300);
  }
  const [unknown] = diagnose({ source: "arm", message: `no way: ${pem}` });
  expect(JSON.stringify(unknown)).not.toContain("MIIEvQ");
});

test("an ARM id is no secret", () => {
  const id =
    "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rgmachinelearningproduction01/providers/Microsoft.ContainerService/managedClusters/mlprod";
  expect(diagnose({ source: "arm", code: "ScopeLocked", message: id })[0].evidence).toContain(id);
});

test.each([
  ["a million letters", "a".repeat(1_000_000)],
  ["brackets", "InnerError [".repeat(90_000)],
  ["closing brackets", `err [${"]".repeat(1_000_000)}`],
  ["braces", "{".repeat(1_000_000)],
  ["arrays in a brace", `{"a":${"[".repeat(500_000)}}`],
  ["spaces", `password${" ".repeat(1_000_000)}=`],
  ["keys", "-----BEGIN ".repeat(90_000)],
  ["tokens", "eyJ".repeat(330_000)],
  ["underscores", "_token".repeat(160_000)],
  ["codes", "ClusterNotFound_".repeat(62_000)],
  ["advice", "Recommendation Please check that there are no policies blocking ".repeat(15_000)],
])("a hostile text of a million characters takes bounded time: %s", (_what, message) => {
  const began = performance.now();
  for (const source of ["extension", "compute"] as const) expect(diagnose({ source, message }).length).toBeGreaterThan(0);
  expect(performance.now() - began).toBeLessThan(2_000);
});
