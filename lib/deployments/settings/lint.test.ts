import { expect, test } from "vitest";
import type { CertificateReading, SettingsFacts } from "./facts";
import { applyFix, type Finding } from "./finding";
import type { UncheckedInput } from "./input";
import { isAllowed, lintSettings } from "./lint";
import { certificateFacts, clusterFacts, insecure, nodeGroup, secure, training } from "./testing/samples";

const rulesOf = (input: UncheckedInput, facts: SettingsFacts = {}): string[] =>
  lintSettings(input, facts).map(({ rule, key }) => `${rule} ${key}`);
const find = (rule: string, input: UncheckedInput, facts: SettingsFacts = {}): Finding | undefined =>
  lintSettings(input, facts).find((one) => one.rule === rule);
const fixed = (rule: string, input: UncheckedInput, facts: SettingsFacts = {}): UncheckedInput => {
  const fix = find(rule, input, facts)?.fix;
  if (fix === undefined) throw new Error(`${rule} offers no fix`);
  return applyFix(input, fix);
};
const reading = (changes: Partial<typeof certificateFacts> = {}): CertificateReading => ({
  state: "ok",
  certificate: { ...certificateFacts, ...changes },
});

test("sound settings have nothing said about them", () => {
  expect(lintSettings(training({}, { name: "azureml" }), { cluster: clusterFacts, nodes: [nodeGroup()] })).toEqual([]);
  expect(
    lintSettings(secure(), { now: "2026-01-01T00:00:00Z", cluster: clusterFacts, nodes: [nodeGroup()], certificate: reading() }),
  ).toEqual([]);
  const withSecret = secure({ sslSecret: "ml-tls" }, { protected: {} });
  expect(lintSettings(withSecret, { sslSecretFound: true })).toEqual([]);
});

test("errors stop, warnings and notices do not", () => {
  expect(isAllowed(lintSettings(insecure()))).toBe(true);
  expect(isAllowed(lintSettings(training({ EnableInference: "True" })))).toBe(false);
});

test("the command of the field report fails where it failed for its author", () => {
  const input: UncheckedInput = {
    name: "AzureML",
    settings: {
      enableTraining: "True",
      enableInference: "True",
      inferenceRouterServiceType: "LoadBalancer",
      allowInsecureConnections: "True",
      InferenceRouterHA: "False",
    },
    protected: {},
  };
  const facts = { cluster: { ...clusterFacts, nodeCount: 2 }, nodes: [nodeGroup({ count: 2 })] };
  expect(rulesOf(input, facts)).toEqual([
    "misspelt-key InferenceRouterHA",
    "public-http allowInsecureConnections",
    "one-router inferenceRouterHA",
    "name-case name",
  ]);
  expect(find("misspelt-key", input)?.message).toContain("did you mean inferenceRouterHA?");
  expect(fixed("misspelt-key", input).settings).toMatchObject({ inferenceRouterHA: "False" });
  expect(fixed("name-case", input).name).toBe("azureml");
});

test("its switch to production fails four times over", () => {
  const poc = { enableInference: "True", inferenceRouterServiceType: "LoadBalancer", allowInsecureConnections: "True" };
  const input = { settings: poc, protected: { sslCertPemfile: "cert.pem", sslKeyPemFile: "key.pem" } };
  expect(rulesOf(input)).toEqual([
    "insecure-with-tls allowInsecureConnections",
    "half-pair sslCertPemFile",
    "not-uploaded sslKeyPemFile",
    "misspelt-key sslCertPemfile",
    "not-sealed sslCertPemfile",
    "public-http allowInsecureConnections",
  ]);
  const secured = fixed("insecure-with-tls", input);
  expect(rulesOf(secured)).toContain("cname-missing sslCname");
});

test("a key in another case is an error, and its fix keeps the value", () => {
  const input = training({ ENABLEINFERENCE: "False" });
  expect(find("misspelt-key", input)).toMatchObject({ level: "error", key: "ENABLEINFERENCE" });
  expect(fixed("misspelt-key", input).settings).toEqual({ enableTraining: "True", enableInference: "False" });
});

test("when the right key is there too, the fix takes the wrong one away", () => {
  const input = training({ EnableTraining: "False" });
  expect(fixed("misspelt-key", input).settings).toEqual({ enableTraining: "True" });
});

test("a key that is far from everything is a warning, one that is passed on a notice", () => {
  expect(find("unknown-key", training({ replicas: "3" }))).toMatchObject({ level: "warning", key: "replicas" });
  expect(find("passed-on", training({ "nginxIngress.foo": "3" }))).toMatchObject({ level: "info" });
  expect(find("near-key", training({ "volcanoScheduler.schedulerConfigMapp": "x" }))).toMatchObject({ level: "warning" });
});

test.each([
  ["privateEndpointILB", "True", { inferenceRouterServiceType: "loadBalancer", internalLoadBalancerProvider: "azure" }],
  ["privateEndpointILB", "False", {}],
  ["privateEndpointNodeport", "true", { inferenceRouterServiceType: "nodePort" }],
  ["inferenceLoadBalancerHA", "False", { inferenceRouterHA: "False" }],
  ["volcanoScheduler.enable", "false", { installVolcano: "false" }],
  ["scoringFe.serviceType.internalLoadBalancer", "true", { internalLoadBalancerProvider: "azure" }],
  ["domain", "contoso.com", {}],
  ["autoUpgrade", "True", {}],
])("%s=%s is said in today's words", (key, value, becomes) => {
  const input = training({ [key]: value });
  expect(find("wrong-name", input)?.level).toBe(key === "domain" ? "warning" : "error");
  expect(fixed("wrong-name", input).settings).toEqual({ enableTraining: "True", ...becomes });
});

test("a remedy says what to write instead, and where", () => {
  expect(find("wrong-name", training({ volcanoScheduler: "x", "volcanoScheduler.enable": "True" }))?.remedy).toBe("Use installVolcano.");
  expect(find("wrong-name", training({ doamin: "x" }))?.remedy).toBe("Remove doamin.");
  const twice = (settings: Record<string, string>, key: string) =>
    find("duplicate", training(settings, { protected: { [key]: { ref: "x" } } }))?.remedy;
  expect(twice({ sslSecret: "x" }, "sslSecret")).toBe("Keep it among the plain settings only.");
  expect(twice({ sslKeyPemFile: "x" }, "sslKeyPemFile")).toBe("Keep it among the protected settings only.");
});

test("an old flag does not overwrite what is chosen in today's words", () => {
  const input = training({ privateEndpointILB: "True", inferenceRouterServiceType: "clusterIP" });
  expect(fixed("wrong-name", input).settings).toMatchObject({
    inferenceRouterServiceType: "clusterIP",
    internalLoadBalancerProvider: "azure",
  });
});

test("a wrong name among the protected keys is mended there", () => {
  const input = secure({}, { protected: { sslCertPemFile: { ref: "c" }, sslCertKeyFile: { ref: "k" } } });
  expect(fixed("wrong-name", input).protected).toEqual({ sslCertPemFile: { ref: "c" }, sslKeyPemFile: { ref: "k" } });
});

test("what is for Arc alone is refused, and tolerated where it says what AKS does anyway", () => {
  expect(find("arc-only", training({ "relayserver.enabled": "true" }))).toMatchObject({ level: "error" });
  expect(find("arc-only", training({}, { protected: { relayServerConnectionString: { ref: "x" } } }))).toMatchObject({ level: "error" });
  expect(find("arc-only", training({ openshift: "True" }))).toMatchObject({ level: "error" });
  expect(rulesOf(training({ "servicebus.enabled": "False", "relayserver.enabled": "false" }))).toEqual([
    "derived-key relayserver.enabled",
    "derived-key servicebus.enabled",
  ]);
});

test("the cluster's own facts need not be given, and must not be another cluster's", () => {
  const facts = { cluster: clusterFacts };
  expect(find("derived-key", training({ cluster_name: clusterFacts.id.toUpperCase() }), facts)).toMatchObject({ level: "info" });
  expect(find("derived-differs", training({ clusterId: "/subscriptions/x" }), facts)).toMatchObject({ level: "error" });
  expect(find("derived-differs", training({ location: "eastus" }), facts)).toMatchObject({ level: "warning" });
  expect(fixed("derived-differs", training({ location: "eastus" }), facts).settings).toEqual({ enableTraining: "True" });
});

test("a secret in plain sight is an error, and so is a plain value out of sight", () => {
  const exposed = secure({ sslKeyPemFile: "key.pem" }, { protected: { sslCertPemFile: { ref: "c" } } });
  expect(find("not-protected", exposed)).toMatchObject({ level: "error", key: "sslKeyPemFile" });
  expect(fixed("not-protected", exposed)).toMatchObject({ protected: { sslKeyPemFile: "key.pem" } });
  const hidden = secure(
    { sslCname: undefined },
    { protected: { sslCname: "ml.contoso.com", sslCertPemFile: { ref: "c" }, sslKeyPemFile: { ref: "k" } } },
  );
  delete hidden.settings.sslCname;
  expect(rulesOf(hidden)).toEqual(["needlessly-protected sslCname"]);
  expect(rulesOf(fixed("needlessly-protected", hidden))).toEqual([]);
});

test("a key given twice is taken from the wrong place", () => {
  const both = secure({}, { protected: { sslCname: "x", sslCertPemFile: { ref: "c" }, sslKeyPemFile: { ref: "k" } } });
  expect(find("duplicate", both)).toMatchObject({ level: "error", key: "sslCname" });
  expect(fixed("duplicate", both).protected).not.toHaveProperty("sslCname");
  const secret = secure({ sslKeyPemFile: "x" });
  expect(fixed("duplicate", secret).settings).not.toHaveProperty("sslKeyPemFile");
});

test.each([
  ["enableTraining", "Ture", "True"],
  ["enableTraining", "yes", "True"],
  ["enableTraining", "'True'", "True"],
  ["installVolcano", "flase", "False"],
  ["installVolcano", "0", "False"],
  ["installVolcano", "maybe", undefined],
  ["inferenceRouterServiceType", "load-balancer", "loadBalancer"],
  ["inferenceRouterServiceType", "LoadBalncer", "loadBalancer"],
  ["inferenceRouterServiceType", "ingress", undefined],
  ["internalLoadBalancerProvider", "Azur", "azure"],
  ["internalLoadBalancerProvider", "aws", undefined],
  ["clusterPurpose", "dev-test", "DevTest"],
  ["sslCname", "https://ml.contoso.com/score", "ml.contoso.com"],
  ["sslCname", "*.contoso.com", undefined],
  ["sslSecret", "azureml/ML-tls", "ml-tls"],
  ["sslSecret", "not a secret", undefined],
  ["nodeSelector.disktype", "a b", undefined],
  ["nginxIngress.resources.controller.limits.memory", "512 MB", undefined],
  ["nginxIngress.controllerConfig.worker-processes", "many", undefined],
  ["workLoadToleration[0].effect", "NoSchedul", "NoSchedule"],
])("%s cannot be %s", (key, value, right) => {
  const finding = find("wrong-value", training({ [key]: value }));
  expect(finding).toMatchObject({ level: "error", key });
  expect(finding?.fix?.changes).toEqual(right === undefined ? undefined : [{ do: "set", in: "settings", key, value: right }]);
});

test.each([
  ["enableTraining", "TRUE"],
  ["installVolcano", "false"],
  ["inferenceRouterServiceType", "LoadBalancer"],
  ["internalLoadBalancerProvider", "Azure"],
  ["clusterPurpose", "devtest"],
  ["nodeSelector.disktype", ""],
  ["nginxIngress.resources.controller.limits.memory", "2Gi"],
])("%s can be %s: Azure does not mind the case", (key, value) => {
  expect(lintSettings(training({ [key]: value })).filter(({ level }) => level === "error")).toEqual([]);
});

test("values are texts, given, filled in and on one line", () => {
  expect(find("not-text", training({ installVolcano: false }))).toMatchObject({ level: "error" });
  expect(fixed("not-text", training({ installVolcano: false })).settings).toMatchObject({ installVolcano: "False" });
  expect(fixed("not-text", training({ "nginxIngress.controllerConfig.worker-processes": 4 })).settings).toMatchObject({
    "nginxIngress.controllerConfig.worker-processes": "4",
  });
  for (const value of [null, {}, ["True"]]) expect(find("not-text", training({ unheardOf: value }))?.fix).toBeUndefined();
  expect(find("empty-value", training({ sslCname: " " }))).toMatchObject({ level: "error" });
  for (const value of ["<ssl cname>", "$CNAME", "${CNAME}", "$(hostname)", "%CNAME%", "{endpoint.contoso.com}"])
    expect(find("placeholder", training({ sslCname: value })), value).toMatchObject({ level: "error" });
  expect(fixed("spaces", training({ sslSecret: " ml-tls " })).settings).toMatchObject({ sslSecret: "ml-tls" });
  expect(find("control-character", training({ "amloperator.custom_ip_interface": "eth0\neth1" }))).toMatchObject({ level: "error" });
  expect(find("hidden-character", training({ "amloperator.custom_ip_interface": "eth\u202e0" }))).toMatchObject({ level: "error" });
});

test("something has to be enabled", () => {
  for (const settings of [{}, { enableTraining: "False" }, { enableInference: "false" }]) {
    const input = { settings, protected: {} };
    expect(find("nothing-enabled", input)).toMatchObject({ level: "error" });
    expect(find("nothing-enabled", fixed("nothing-enabled", input))).toBeUndefined();
  }
  expect(find("nothing-enabled", insecure())).toBeUndefined();
});

test("inference needs a kind of address", () => {
  const input = insecure();
  delete input.settings.inferenceRouterServiceType;
  expect(rulesOf(input)).toContain("service-type-missing inferenceRouterServiceType");
  expect(rulesOf(training())).toEqual([]);
});

test("an internal load balancer goes with neither nodePort nor clusterIP", () => {
  expect(find("load-balancer-with-node-port", insecure({ inferenceRouterServiceType: "nodePort" }))).toMatchObject({ level: "error" });
  expect(find("load-balancer-with-cluster-ip", insecure({ inferenceRouterServiceType: "ClusterIP" }))).toMatchObject({ level: "warning" });
  expect(rulesOf(insecure())).toEqual(["plain-http allowInsecureConnections"]);
});

test("plain HTTP on a public load balancer is a critical risk, and can be taken inside by one click", () => {
  const open = insecure();
  delete open.settings.internalLoadBalancerProvider;
  expect(find("public-http", open)).toMatchObject({ level: "warning", risk: "critical" });
  expect(rulesOf(fixed("public-http", open))).toEqual(["plain-http allowInsecureConnections"]);
  for (const type of ["nodePort", "clusterIP"])
    expect(find("public-http", { ...open, settings: { ...open.settings, inferenceRouterServiceType: type } })).toBeUndefined();
});

test("inference needs HTTPS, or plain HTTP by name", () => {
  const bare = secure({}, { protected: {} });
  expect(find("tls-missing", bare)).toMatchObject({ level: "error" });
  expect(find("tls-missing", secure({ allowInsecureConnections: "False" }, { protected: {} }))).toMatchObject({ level: "error" });
});

test.each([
  ["a secret", { sslSecret: "ml-tls" }, {}],
  ["a name", { sslCname: "ml.contoso.com" }, {}],
  ["files", {}, { sslCertPemFile: { ref: "c" }, sslKeyPemFile: { ref: "k" } }],
])("plain HTTP contradicts %s", (_, settings, kept) => {
  const input = insecure(settings, { protected: kept });
  expect(find("insecure-with-tls", input)).toMatchObject({ level: "error" });
  expect(fixed("insecure-with-tls", input).settings).toMatchObject({ allowInsecureConnections: "False" });
});

test("certificate and key come together, and not beside a secret", () => {
  expect(rulesOf(secure({}, { protected: { sslKeyPemFile: { ref: "k" } } }))).toEqual(["half-pair sslCertPemFile"]);
  expect(rulesOf(secure({}, { protected: { sslCertPemFile: { ref: "c" } } }))).toEqual(["half-pair sslKeyPemFile"]);
  const both = secure({ sslSecret: "ml-tls" });
  expect(rulesOf(both, { sslSecretFound: true })).toEqual(["secret-and-files sslSecret"]);
  expect(rulesOf(fixed("secret-and-files", both), { sslSecretFound: true })).toEqual([]);
});

test("HTTPS needs the callers' name, which may be read from the certificate", () => {
  const input = secure();
  delete input.settings.sslCname;
  expect(find("cname-missing", input)?.fix).toBeUndefined();
  const facts = { certificate: reading({ names: ["*.contoso.com", "ml.contoso.com"] }) };
  expect(fixed("cname-missing", input, facts).settings).toMatchObject({ sslCname: "ml.contoso.com" });
});

test("a secret that is not in the cluster is an error, one not looked for a notice", () => {
  const input = secure({ sslSecret: "ml-tls" }, { protected: {} });
  expect(find("secret-absent", input, { sslSecretFound: false })).toMatchObject({ level: "error" });
  expect(find("secret-unseen", input)).toMatchObject({ level: "info" });
});

test("the certificate has to be for the name", () => {
  const names = (list: string[], commonName: string | null = null) =>
    rulesOf(secure(), { certificate: reading({ names: list, commonName }) });
  expect(names(["ml.contoso.com"])).toEqual([]);
  expect(names(["*.contoso.com"])).toEqual([]);
  expect(names(["*.ml.contoso.com"])).toEqual(["cname-mismatch sslCname"]);
  expect(names(["contoso.com"], "ml.contoso.com")).toEqual(["cname-mismatch sslCname"]);
  expect(names([], "ml.contoso.com")).toEqual(["common-name-only sslCname"]);
  expect(names([])).toEqual(["cname-mismatch sslCname"]);
  const other = { certificate: reading({ names: ["api.contoso.com"] }) };
  expect(fixed("cname-mismatch", secure(), other).settings).toMatchObject({ sslCname: "api.contoso.com" });
  expect(find("cname-mismatch", secure(), { certificate: reading({ names: ["a.contoso.com", "b.contoso.com"] }) })?.fix).toBeUndefined();
});

test("the key has to be the certificate's", () => {
  expect(rulesOf(secure(), { certificate: reading({ key: "differs" }) })).toEqual(["key-mismatch sslKeyPemFile"]);
  expect(rulesOf(secure(), { certificate: reading({ key: "absent" }) })).toEqual(["key-unseen sslKeyPemFile"]);
});

test("a key with a passphrase, or any other bad file, is refused in its own words", () => {
  const problem = { code: "passphrase", field: "key", message: "The private key has a passphrase.", remedy: "Take it away." } as const;
  expect(find("certificate-passphrase", secure(), { certificate: { state: "bad", problem } })).toMatchObject({
    level: "error",
    key: "sslKeyPemFile",
    message: problem.message,
  });
});

test("the certificate has to hold, and long enough", () => {
  const on = (now: string) => rulesOf(secure(), { now, certificate: reading() });
  expect(on("2024-12-31T00:00:00Z")).toEqual(["certificate-early certificate"]);
  expect(on("2025-01-01T00:00:00Z")).toEqual([]);
  expect(on("2026-12-02T00:00:00Z")).toEqual([]);
  expect(on("2026-12-03T00:00:00Z")).toEqual(["certificate-ends-soon certificate"]);
  expect(on("2027-01-01T00:00:00Z")).toEqual(["certificate-expired certificate"]);
  expect(rulesOf(secure(), { certificate: reading({ notAfter: "2001-01-01T00:00:00Z" }) })).toEqual([]);
});

test("a certificate is not judged where nothing uses it", () => {
  const facts = { certificate: reading({ names: [], key: "differs" }) };
  expect(rulesOf(training(), facts)).toEqual([]);
  expect(rulesOf(insecure(), facts)).toEqual(["plain-http allowInsecureConnections"]);
});

test("three routers need three nodes that take them", () => {
  const nodes = (groups: Parameters<typeof nodeGroup>[0][], settings: Record<string, string> = {}) =>
    rulesOf(secure(settings), { nodes: groups.map((one) => nodeGroup(one)) });
  const tooFew = ["too-few-nodes inferenceRouterHA"];
  const perhaps = ["perhaps-too-few-nodes inferenceRouterHA"];
  expect(nodes([{ count: 2 }, { count: 1 }])).toEqual([]);
  expect(nodes([{ count: 2 }])).toEqual(tooFew);
  expect(nodes([{ count: 2 }], { inferenceRouterHA: "False" })).toEqual([]);
  expect(nodes([{ count: 1, maxCount: 3 }])).toEqual(perhaps);
  expect(nodes([{ count: 9, os: "Windows" }])).toEqual(tooFew);
  expect(nodes([{ labels: { disktype: "ssd" } }], { "nodeSelector.disktype": "ssd" })).toEqual([]);
  expect(nodes([{ labels: { disktype: "hdd" } }], { "nodeSelector.disktype": "ssd" })).toEqual(tooFew);
  expect(nodes([{ labels: { "kubernetes.io/os": "linux" } }], { "nodeSelector.kubernetes\\.io/os": "linux" })).toEqual([]);
  expect(nodes([{ taints: ["CriticalAddonsOnly=true:NoSchedule"] }])).toEqual(tooFew);
  expect(nodes([{ taints: ["gpu:PreferNoSchedule"] }])).toEqual([]);
  expect(nodes([{ taints: ["ml.azure.com/amlarc=true:NoSchedule", "ml.azure.com/amlarc-system=true:NoExecute"] }])).toEqual([]);
  expect(nodes([{ taints: ["ml.azure.com/amlarc-workload=true:NoSchedule"] }])).toEqual(tooFew);
});

test("nodes behind a tolerated taint count as perhaps", () => {
  const toleration = (parts: Record<string, string>) =>
    Object.fromEntries(Object.entries(parts).map(([part, value]) => [`workLoadToleration[0].${part}`, value]));
  const rules = (parts: Record<string, string>) =>
    rulesOf(secure(toleration(parts)), { nodes: [nodeGroup({ taints: ["gpu=yes:NoSchedule"] })] });
  const perhaps = "perhaps-too-few-nodes inferenceRouterHA";
  expect(rules({ key: "gpu", operator: "Exists" })).toContain(perhaps);
  expect(rules({ key: "gpu", value: "yes", effect: "NoSchedule" })).toContain(perhaps);
  expect(rules({ operator: "Exists" })).toContain(perhaps);
  const others: Record<string, string>[] = [
    { key: "gpu", value: "no" },
    { key: "gpu", operator: "Exists", effect: "NoExecute" },
    { key: "cpu", operator: "Exists" },
  ];
  for (const parts of others) expect(rules(parts)).toContain("too-few-nodes inferenceRouterHA");
});

test("on a cluster of two nodes, one router is set unless three are asked for", () => {
  const small = { cluster: { ...clusterFacts, nodeCount: 2 } };
  expect(rulesOf(secure(), small)).toEqual(["one-router inferenceRouterHA"]);
  expect(rulesOf(secure({ inferenceRouterHA: "True" }), small)).toEqual(["too-few-nodes inferenceRouterHA"]);
  expect(fixed("too-few-nodes", secure({ inferenceRouterHA: "True" }), small).settings).toMatchObject({ inferenceRouterHA: "False" });
  expect(rulesOf(training(), small)).toEqual([]);
});

test("what is in the cluster is not installed again, and what is not is", () => {
  const here = { found: { volcano: true, prometheusOperator: true, ingressNginx: true } };
  const absent = { found: { volcano: false, prometheusOperator: false, ingressNginx: false } };
  const off = { installVolcano: "False", installPromOp: "False" };
  expect(rulesOf(training(), here)).toEqual([
    "prometheus-there installPromOp",
    "volcano-there installVolcano",
    "ingress-there nginxIngress.controller",
  ]);
  expect(rulesOf(training({ ...off, "nginxIngress.controller": "k8s.io/own" }), here)).toEqual([]);
  expect(rulesOf(training({ ...off, "nginxIngress.enabled": "false" }), here)).toEqual([]);
  expect(rulesOf(training(), absent)).toEqual([]);
  expect(rulesOf(training(off), absent)).toEqual(["prometheus-missing installPromOp", "volcano-missing installVolcano"]);
  expect(rulesOf(training(off))).toEqual([]);
  expect(rulesOf(insecure(), { found: { volcano: true } })).not.toContain("volcano-there installVolcano");
});

test("settings that need another say so", () => {
  const map = { "volcanoScheduler.schedulerConfigMap": "own" };
  expect(rulesOf(training(map))).toEqual(["needs-skip-validation volcanoScheduler.schedulerConfigMap"]);
  expect(rulesOf(training({ ...map, "amloperator.skipResourceValidation": "true" }))).toEqual([]);
  expect(rulesOf(training({ ...map, "amloperator.skipResourceValidation": "true", installVolcano: "False" }))).toEqual([
    "config-map-unused volcanoScheduler.schedulerConfigMap",
  ]);
  expect(rulesOf(training({ "amloperator.custom_ip_interface": "ib0" }))).toEqual(["interface-off amloperator.custom_ip_interface"]);
  expect(rulesOf(training({ "amloperator.custom_ip_interface_enabled": "True" }))).toEqual([
    "interface-missing amloperator.custom_ip_interface_enabled",
  ]);
});

test("a log workspace has to be there, since nobody makes one", () => {
  expect(find("log-workspace-missing", training({ logAnalyticsWS: "True" }))).toMatchObject({ level: "error" });
  const named = training(
    { logAnalyticsWS: "True", "azure_log_analytics.customer_id": "id" },
    { protected: { "azure_log_analytics.connection_string": { ref: "logs" } } },
  );
  expect(rulesOf(named)).toEqual([]);
});

test("what has no effect is said to have none", () => {
  expect(rulesOf(training({ inferenceRouterHA: "True", sslSecret: "ml-tls" }))).toEqual([
    "no-effect inferenceRouterHA",
    "no-effect sslSecret",
  ]);
  expect(rulesOf(insecure({ installVolcano: "True" }))).toContain("no-effect installVolcano");
});

test("tolerations are numbered from 0 and whole", () => {
  const gap = training({ "workLoadToleration[0].key": "a", "workLoadToleration[2].key": "b", "workLoadToleration[2].operator": "Exists" });
  expect(rulesOf(gap)).toEqual(["toleration-gap workLoadToleration[2]"]);
  expect(fixed("toleration-gap", gap).settings).toEqual({
    enableTraining: "True",
    "workLoadToleration[0].key": "a",
    "workLoadToleration[1].key": "b",
    "workLoadToleration[1].operator": "Exists",
  });
  const one = (parts: Record<string, string>) =>
    rulesOf(training(Object.fromEntries(Object.entries(parts).map(([part, value]) => [`workLoadToleration[0].${part}`, value]))));
  expect(one({ effect: "NoSchedule" })).toEqual(["toleration-key workLoadToleration[0].key"]);
  expect(one({ key: "a", operator: "Exists", value: "b" })).toEqual(["toleration-value workLoadToleration[0].value"]);
  expect(one({ operator: "Exists" })).toEqual(["toleration-of-all workLoadToleration[0].operator"]);
  expect(one({ key: "a", operator: "exists" })).toEqual(["toleration-case workLoadToleration[0].operator"]);
});

test.each([
  ["azureml", undefined, undefined],
  ["AzureML", "name-case", "azureml"],
  ["azure_ml.v2", "name-form", "azure-ml-v2"],
  ["-azureml-", "name-form", "azureml"],
  ["a".repeat(54), "name-form", "a".repeat(53)],
  ["***", "name-form", undefined],
  [" ", "name-missing", undefined],
])("the name %s", (name, rule, better) => {
  const [finding] = lintSettings(training({}, { name }));
  expect(finding?.rule).toBe(rule);
  expect(finding?.fix?.changes).toEqual(better === undefined ? undefined : [{ do: "name", value: better }]);
});

test("versions are for those who know why", () => {
  expect(rulesOf(training({}, { version: "1.1.60" }))).toEqual(["version-with-upgrade version", "version-pinned version"]);
  expect(rulesOf(training({}, { version: "1.1.60", autoUpgrade: false }))).toEqual(["version-pinned version"]);
  expect(fixed("version-with-upgrade", training({}, { version: "1.1.60" })).autoUpgrade).toBe(false);
  expect(rulesOf(training({}, { autoUpgrade: false }))).toEqual(["never-upgraded version"]);
  expect(rulesOf(training({}, { releaseTrain: "Stable" }))).toEqual([]);
  expect(rulesOf(training({}, { releaseTrain: "preview" }))).toEqual(["release-train release-train"]);
});

test("findings stand errors first, then in the order of the form", () => {
  const findings = lintSettings({ ...insecure({ installPromOp: "no?", enableTraining: "maybe", unheardOf: "x" }), name: "AzureML" });
  expect(findings.map(({ level, key }) => `${level} ${key}`)).toEqual([
    "error enableTraining",
    "error installPromOp",
    "warning unheardOf",
    "info allowInsecureConnections",
    "info name",
  ]);
});

test("a fix leaves the input that it was made for as it was", () => {
  const input = Object.freeze({ settings: Object.freeze({ EnableTraining: "True" }), protected: Object.freeze({}) });
  expect(fixed("misspelt-key", input).settings).toEqual({ enableTraining: "True" });
  expect(input.settings).toEqual({ EnableTraining: "True" });
});
