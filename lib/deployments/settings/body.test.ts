import { expect, test } from "vitest";
import { extensionBody, fillProtected } from "./body";
import { derivedSettings } from "./derived";
import type { ExtensionInput } from "./input";
import { clusterFacts, secure } from "./testing/samples";

const input: ExtensionInput = { ...(secure() as ExtensionInput), name: "azureml" };
const body = (changes: Partial<ExtensionInput> = {}) =>
  extensionBody({ ...input, ...changes }, derivedSettings({ ...input, ...changes }, clusterFacts));
const secrets = (ref: string) => ({ sslCert: "-----BEGIN CERTIFICATE-----", sslKey: "-----BEGIN PRIVATE KEY-----" })[ref];

test("the body is the one that the az CLI sends, with references for secrets", () => {
  expect(body()).toEqual({
    identity: { type: "SystemAssigned" },
    properties: {
      extensionType: "Microsoft.AzureML.Kubernetes",
      autoUpgradeMinorVersion: true,
      releaseTrain: "stable",
      scope: { cluster: { releaseNamespace: "azureml" } },
      configurationSettings: {
        enableTraining: "False",
        enableInference: "True",
        inferenceRouterServiceType: "loadBalancer",
        sslCname: "ml.contoso.com",
        cluster_name: clusterFacts.id,
        clusterId: clusterFacts.id,
        "prometheus.prometheusSpec.externalLabels.cluster_name": clusterFacts.id,
        cluster_name_friendly: "ml-prod",
        domain: "westeurope.cloudapp.azure.com",
        location: "westeurope",
        jobSchedulerLocation: "westeurope",
        "servicebus.enabled": "false",
        "relayserver.enabled": "false",
        "nginxIngress.enabled": "true",
      },
      configurationProtectedSettings: { "scoringFe.sslCert": { ref: "sslCert" }, "scoringFe.sslKey": { ref: "sslKey" } },
    },
  });
});

test("a derived value replaces the person's only where it says so", () => {
  const own = { ...input.settings, domain: "contoso.com", location: "northeurope" };
  expect(body({ settings: own }).properties.configurationSettings).toMatchObject({
    domain: "westeurope.cloudapp.azure.com",
    location: "northeurope",
  });
});

test("the same settings give the same text, in whatever order they were given", () => {
  const turned = Object.fromEntries(Object.entries(input.settings).reverse());
  expect(JSON.stringify(body({ settings: turned }))).toBe(JSON.stringify(body()));
});

test("a version switches automatic upgrade off, since Azure takes it no other way", () => {
  expect(body({ version: "1.1.60", releaseTrain: "preview" }).properties).toMatchObject({
    version: "1.1.60",
    autoUpgradeMinorVersion: false,
    releaseTrain: "preview",
  });
  expect(body({ autoUpgrade: false }).properties).toMatchObject({ autoUpgradeMinorVersion: false });
  expect(body().properties).not.toHaveProperty("version");
});

test("secrets are filled in as base64, into a new body", () => {
  const shown = body();
  const filled = fillProtected(shown, secrets);
  expect(filled.properties.configurationProtectedSettings).toEqual({
    "scoringFe.sslCert": Buffer.from("-----BEGIN CERTIFICATE-----").toString("base64"),
    "scoringFe.sslKey": Buffer.from("-----BEGIN PRIVATE KEY-----").toString("base64"),
  });
  expect(shown).toEqual(body());
});

test("other protected values are filled in as they are", () => {
  const shown = body({ protected: { "azure_log_analytics.connection_string": { ref: "logs" } } });
  expect(fillProtected(shown, () => "p@ss").properties.configurationProtectedSettings).toEqual({
    "azure_log_analytics.connection_string": "p@ss",
  });
});

test("a secret that is gone or is no PEM stops the write, and is not repeated", () => {
  expect(() => fillProtected(body(), () => undefined)).toThrow(/no longer kept/);
  expect(() => fillProtected(body(), () => "")).toThrow(/no longer kept/);
  expect(() => fillProtected(body(), () => "pässword")).toThrow(/^(?!.*pässword)/);
});

test("what is not a text, and what is a secret in the wrong place, never becomes a body", () => {
  const refused = (changes: object) => () => body(changes);
  expect(refused({ settings: { enableTraining: true } })).toThrow("enableTraining is not a text");
  expect(refused({ settings: { sslKeyPemFile: "x" } })).toThrow("is a secret");
  expect(refused({ protected: { sslKeyPemFile: "x" } })).toThrow("not sealed");
  expect(refused({ protected: { sslKeyPemFile: { ref: "a", value: "b" } } })).toThrow("not sealed");
});

test("keys with a meaning in JavaScript are keys like any other", () => {
  const odd = JSON.parse('{"__proto__":"a","constructor":"b"}') as Record<string, string>;
  const settings = body({ settings: odd, protected: JSON.parse('{"__proto__":{"ref":"r"}}') as ExtensionInput["protected"] }).properties;
  expect(JSON.parse(JSON.stringify(settings.configurationSettings))).toHaveProperty(["constructor"], "b");
  expect(Object.hasOwn(settings.configurationSettings, "__proto__")).toBe(true);
  expect(Object.hasOwn(settings.configurationProtectedSettings, "__proto__")).toBe(true);
});
