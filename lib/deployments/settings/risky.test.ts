import { expect, test } from "vitest";
import { riskyChanges } from "./risky";

const changes = (before: Record<string, string>, after: Record<string, string>, keys: [string[], string[]] = [[], []]) =>
  riskyChanges({ settings: before, protectedKeys: keys[0] }, { settings: after, protectedKeys: keys[1] });

test.each([
  ["enableTraining", "True", "False", ["jobs"]],
  ["enableInference", "true", "false", ["endpoints"]],
  ["installNvidiaDevicePlugin", "True", "False", ["jobs", "endpoints"]],
  ["allowInsecureConnections", "True", "False", ["endpoints"]],
  ["allowInsecureConnections", "False", "True", ["endpoints"]],
  ["inferenceRouterServiceType", "loadBalancer", "nodePort", ["endpoints"]],
  ["sslCname", "a.contoso.com", "b.contoso.com", ["endpoints"]],
  ["nodeSelector.disktype", "ssd", "hdd", ["jobs", "endpoints"]],
] as const)("%s from %s to %s is risky", (key, from, to, impacts) => {
  expect(changes({ [key]: from }, { [key]: to })).toMatchObject([{ key, from, to, impacts }]);
});

test("a setting that is not given holds its default", () => {
  expect(changes({}, { allowInsecureConnections: "False" })).toEqual([]);
  expect(changes({}, { allowInsecureConnections: "True" })).toMatchObject([{ from: null, to: "True" }]);
  expect(changes({ enableTraining: "True" }, {})).toMatchObject([{ key: "enableTraining", to: null }]);
  expect(changes({}, { internalLoadBalancerProvider: "azure" })).toHaveLength(1);
  expect(changes({}, { installNvidiaDevicePlugin: "False" })).toEqual([]);
});

test("switching on, another case and other settings are not risky", () => {
  expect(changes({ enableTraining: "False" }, { enableTraining: "True" })).toEqual([]);
  expect(changes({ enableTraining: "True" }, { enableTraining: "true" })).toEqual([]);
  expect(changes({ inferenceRouterServiceType: "LoadBalancer" }, { inferenceRouterServiceType: "loadBalancer" })).toEqual([]);
  expect(changes({ installDcgmExporter: "True" }, { installDcgmExporter: "False", constructor: "x" })).toEqual([]);
});

test("a node selector can be added, and not taken away", () => {
  expect(changes({}, { "nodeSelector.disktype": "ssd" })).toMatchObject([{ from: null, to: "ssd", impacts: ["jobs", "endpoints"] }]);
  expect(changes({ "nodeSelector.disktype": "ssd" }, {})).toMatchObject([{ impacts: [], message: expect.stringContaining("stays") }]);
});

test("protected settings that are left out are deleted, once any is given", () => {
  expect(changes({}, {}, [["sslCertPemFile", "sslKeyPemFile"], []])).toEqual([]);
  expect(changes({}, {}, [["sslCertPemFile", "sslKeyPemFile"], ["sslKeyPemFile"]])).toMatchObject([
    { key: "sslCertPemFile", impacts: ["endpoints"] },
  ]);
  expect(changes({}, { logAnalyticsWS: "True" })).toMatchObject([{ key: "logAnalyticsWS", impacts: [] }]);
});
