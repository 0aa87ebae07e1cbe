import fc from "fast-check";
import { expect, test } from "vitest";
import type { ClusterFacts } from "@/emulator/arm/cluster-facts";
import { accepts, isHighlyAvailable, isTrue } from "@/emulator/arm/extension-rules";
import { extensionBody } from "@/lib/deployments/settings/body";
import { derivedSettings } from "@/lib/deployments/settings/derived";
import type { NodeGroup } from "@/lib/deployments/settings/facts";
import type { ExtensionInput } from "@/lib/deployments/settings/input";
import { isAllowed, lintSettings } from "@/lib/deployments/settings/lint";
import { clusterFacts } from "@/lib/deployments/settings/testing/samples";

/** Nodes of one cluster, as the check sees them and as the local Azure does. */
type Nodes = { count: number; labels: Record<string, string>; taint: boolean };
const taint = { key: "gpu", value: "yes", effect: "NoSchedule" };

const groupOf = ({ count, labels, taint: tainted }: Nodes): NodeGroup => ({
  name: "user",
  count,
  labels,
  taints: tainted ? [`${taint.key}=${taint.value}:${taint.effect}`] : [],
});
const emulated = ({ count, labels, taint: tainted }: Nodes): ClusterFacts => ({
  id: clusterFacts.id,
  name: clusterFacts.name,
  location: clusterFacts.location,
  nodes: Array.from({ length: count }, (_, index) => ({
    name: `n${index}`,
    labels,
    taints: tainted ? [taint] : [],
    milliCpu: 3860,
    memoryMi: 12_500,
  })),
});

/** A key that may be left out, or have one of these values. */
const one = (...values: string[]) => fc.option(fc.constantFrom(...values), { nil: undefined });
/** The same, mostly left out: what is wrong by itself would hide all else. */
const seldom = (...values: string[]) =>
  fc.oneof({ weight: 12, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: fc.constantFrom(...values) });
const settings = fc
  .record({
    enableTraining: one("True", "true", "False"),
    enableInference: one("True", "true", "False"),
    inferenceRouterServiceType: one("loadBalancer", "LoadBalancer", "nodePort", "clusterIP", "loadBalancer", "Gateway"),
    internalLoadBalancerProvider: seldom("azure", "azure", "aws"),
    allowInsecureConnections: one("True", "False"),
    inferenceRouterHA: one("True", "False", "false"),
    InferenceRouterHA: seldom("False"),
    clusterPurpose: seldom("DevTest", "FastProd", "Prod"),
    sslSecret: one("ml-tls"),
    sslCname: one("ml.contoso.com"),
    "nodeSelector.disktype": seldom("ssd", "hdd"),
    "workLoadToleration[0].key": one(taint.key),
    "workLoadToleration[0].operator": one("Exists"),
    "workLoadToleration[0].effect": one("NoSchedule"),
    relayServerConnectionString: seldom("Endpoint=sb://x"),
    cluster_name: seldom(clusterFacts.id),
    location: seldom(clusterFacts.location),
  })
  .map((all) => Object.fromEntries(Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined)));
const files = fc.constantFrom<ExtensionInput["protected"][]>(
  {},
  {},
  { sslCertPemFile: { ref: "c" }, sslKeyPemFile: { ref: "k" } },
  { sslCertPemFile: { ref: "c" } },
);
const nodes = fc.record({
  count: fc.constantFrom(1, 2, 3, 5),
  labels: fc.constantFrom<Record<string, string>[]>({}, { disktype: "ssd" }),
  taint: fc.constantFrom(false, false, false, true),
});

/** What the check says, and what the local Azure does with the very body that would be sent. */
function both(asked: Record<string, string>, secrets: ExtensionInput["protected"], there: Nodes) {
  const input: ExtensionInput = { name: "azureml", settings: asked, protected: secrets };
  const cluster = { ...clusterFacts, nodeCount: there.count };
  const findings = lintSettings(input, { cluster, nodes: [groupOf(there)] });
  const { configurationSettings, configurationProtectedSettings } = extensionBody(input, derivedSettings(input, cluster)).properties;
  const filled = Object.fromEntries(Object.keys(configurationProtectedSettings).map((key) => [key, "eA=="]));
  return { allowed: isAllowed(findings), findings, verdict: accepts(configurationSettings, filled, emulated(there)) };
}

/** Whether any node at all is open to the extension is asked by the preflight's check of capacity; the settings' own asks for three routers. */
const isOfTheNodes = (asked: Record<string, string>, verdict: ReturnType<typeof accepts>): boolean =>
  !verdict.accepted &&
  verdict.code === "E40002" &&
  (!isTrue(asked.enableInference) || !isHighlyAvailable(asked) || verdict.message.includes("of 1 "));

test("what the check of the settings allows, the local Azure takes", () => {
  let taken = 0;
  fc.assert(
    fc.property(settings, files, nodes, (asked, secrets, there) => {
      const { allowed, verdict } = both(asked, secrets, there);
      if (!allowed || isOfTheNodes(asked, verdict)) return;
      expect(verdict, JSON.stringify({ asked, secrets, there })).toEqual({ accepted: true });
      taken++;
    }),
    { numRuns: 1000 },
  );
  expect(taken).toBeGreaterThan(20);
});

/** Where the check is stricter than the service, on purpose: what the service ignores in silence is not what was meant. */
const stricter = ["misspelt-key", "secret-and-files", "insecure-with-tls", "toleration-key"];
/** The same, of what is read only with inference. */
const stricterWithoutInference = [...stricter, "wrong-value", "half-pair"];

test("what the check refuses, the local Azure refuses too, but where the check is stricter on purpose", () => {
  let refused = 0;
  fc.assert(
    fc.property(settings, files, nodes, (asked, secrets, there) => {
      const { allowed, findings, verdict } = both(asked, secrets, there);
      const rules = findings.filter(({ level }) => level === "error").map(({ rule }) => rule);
      if (allowed || rules.some((rule) => (isTrue(asked.enableInference) ? stricter : stricterWithoutInference).includes(rule))) return;
      expect(verdict.accepted, JSON.stringify({ asked, secrets, there, rules })).toBe(false);
      refused++;
    }),
    { numRuns: 1000 },
  );
  expect(refused).toBeGreaterThan(20);
});
