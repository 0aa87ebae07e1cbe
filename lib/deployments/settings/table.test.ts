import { expect, test } from "vitest";
import { editDistance } from "./edit-distance";
import { lookUp, settingOf, settingsTable } from "./table";
import { wrongNames } from "./table-wrong-names";

test("every row is whole, and no key stands twice", () => {
  for (const row of settingsTable) {
    expect(row.meaning, row.key).toMatch(/^[A-Z].*\.$/);
    expect(row.kind === "choice", row.key).toBe(row.choices !== undefined);
  }
  expect(new Set(settingsTable.map(({ key }) => key.toLowerCase())).size).toBe(settingsTable.length);
});

test("every key is found under its exact spelling, and only there", () => {
  for (const { key } of settingsTable.filter((row) => !("match" in row))) {
    expect(settingOf(key)?.key).toBe(key);
    const other = key.toUpperCase();
    expect(lookUp(other), other).toMatchObject({ status: "misspelt", by: "case", key });
    expect(settingOf(other)).toBeNull();
    expect(lookUp(` ${key}`)).toMatchObject({ status: "misspelt", by: "case", key });
  }
});

test("only secrets are protected", () => {
  expect(settingsTable.filter((row) => row.protected).map(({ key }) => key)).toEqual([
    "sslCertPemFile",
    "sslKeyPemFile",
    "azure_log_analytics.connection_string",
  ]);
});

test.each([
  ["InferenceRouterHA", "inferenceRouterHA", "case"],
  ["sslCertPemfile", "sslCertPemFile", "case"],
  ["nodeselector.disktype", "nodeSelector.disktype", "case"],
  ["workloadToleration[0].KEY", "workLoadToleration[0].key", "case"],
  ["workLoadToleration[01].key", "workLoadToleration[1].key", "case"],
  ["nginxingress.defaultBackend.enabled", "nginxIngress.defaultBackend.enabled", "case"],
  ["enableTrainning", "enableTraining", "letters"],
  ["enabelInference", "enableInference", "letters"],
  ["sslCertFile", "sslCertPemFile", "letters"],
  ["inferenceRouterServicetypes", "inferenceRouterServiceType", "letters"],
])("%s is a slip for %s", (key, right, by) => {
  expect(lookUp(key)).toMatchObject({ status: "misspelt", key: right, by });
});

test.each([
  "privateEndpointILB",
  "privateEndpointNodeport",
  "inferenceLoadBalancerHA",
  "InferenceLoadbalancerHA",
  "sslCertKeyFile",
  "volcanoScheduler.enable",
  "doamin",
  "domain",
  "nodeSelector",
])("%s is a name not to be used", (key) => {
  expect(lookUp(key).status).toBe("wrong-name");
});

test("a wrong name leads to one that is right", () => {
  for (const { to, whenTrue = {} } of wrongNames)
    for (const key of [...(to === undefined ? [] : [to]), ...Object.keys(whenTrue)]) expect(settingOf(key), key).not.toBeNull();
});

test.each([
  "relayserver.enabled",
  "relayserver.relayConnectionString",
  "servicebus.enabled",
  "RelayServerConnectionString",
  "serviceBusConnectionString",
  "openshift",
])("%s is for Arc alone", (key) => {
  expect(lookUp(key).status).toBe("arc-only");
});

test("families of keys are known by their form", () => {
  expect(settingOf("nodeSelector.kubernetes.io/os")).toMatchObject({ kind: "label-value", feature: "placement" });
  expect(settingOf("workLoadToleration[12].effect")).toMatchObject({ kind: "choice" });
  for (const key of ["workLoadToleration[0].seconds", "workLoadToleration[].key", "nodeSelector."]) expect(settingOf(key), key).toBeNull();
  expect(lookUp("nginxIngress.controllerConfig.keep-alive")).toEqual({ status: "passed-on" });
  expect(lookUp("volcanoScheduler.schedulerConfigMapp")).toEqual({ status: "passed-on", near: "volcanoScheduler.schedulerConfigMap" });
});

test("nothing is suggested for what is far from everything, or equally near to two", () => {
  for (const key of ["replicas", "constructor", "__proto__", "toString", "", "ssl", "installX"])
    expect(lookUp(key).status, key).toBe("unknown");
  expect(lookUp("enableInterference1234567").status).toBe("unknown");
});

test("the distance counts letters added, dropped, changed and swapped", () => {
  expect(editDistance("abc", "abc", 3)).toBe(0);
  expect(editDistance("abc", "acb", 3)).toBe(1);
  expect(editDistance("abc", "abcd", 3)).toBe(1);
  expect(editDistance("kitten", "sitting", 3)).toBe(3);
  expect(editDistance("kitten", "sitting", 2)).toBe(3);
  expect(editDistance("a", "abcdefgh", 2)).toBe(3);
});
