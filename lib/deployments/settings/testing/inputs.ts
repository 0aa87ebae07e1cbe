import fc from "fast-check";
import type { SettingsFacts } from "../facts";
import type { UncheckedInput } from "../input";
import { lookUp, settingsTable } from "../table";
import { wrongNames } from "../table-wrong-names";
import { certificateFacts, clusterFacts, nodeGroup } from "./samples";

export const exact = settingsTable.filter((row) => !("match" in row)).map(({ key }) => key);
export const odd = [
  "nodeSelector.disktype",
  "nodeSelector.a",
  "workLoadToleration[0].key",
  "workLoadToleration[0].operator",
  "workLoadToleration[3].effect",
  "workLoadToleration[2].value",
];
const wrong = [
  ...wrongNames.map(({ key }) => key),
  "relayserver.enabled",
  "servicebus.enabled",
  "openshift",
  "nginxIngress.x",
  "replicas",
  "__proto__",
  "constructor",
  "",
];
const misspell = (key: string, how: number): string =>
  [key.toUpperCase(), key.toLowerCase(), ` ${key}`, `${key}s`, key.slice(1), key.replace(/(.)(.)$/, "$2$1")][how % 6]!;

const anyKey = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...exact, ...odd) },
  { weight: 2, arbitrary: fc.constantFrom(...wrong) },
  { weight: 2, arbitrary: fc.tuple(fc.constantFrom(...exact, ...odd), fc.nat(5)).map(([key, how]) => misspell(key, how)) },
  { weight: 1, arbitrary: fc.string({ maxLength: 30 }) },
);
const anyValue = fc.oneof(
  fc.constantFrom(
    "True",
    "False",
    "true",
    "loadBalancer",
    "nodePort",
    "clusterIP",
    "azure",
    "Exists",
    "exists",
    "NoSchedule",
    "ml.contoso.com",
    "https://a.b.c/d",
    "ml-tls",
    "Ture",
    " x ",
    "",
    "<x>",
    "4",
    "2Gi",
  ),
  fc.string({ maxLength: 20 }),
  fc.constantFrom(true, false, 3, null),
);
export const secret = fc.stringMatching(/^s3cret[a-z]{6}$/);
const anyProtected = fc.oneof(
  fc.constantFrom("c", "k").map((ref) => ({ ref })),
  secret,
);
const mapOf = <T>(values: fc.Arbitrary<T>, maxLength: number) =>
  fc.uniqueArray(fc.tuple(anyKey, values), { maxLength, selector: ([key]) => key }).map((pairs) => Object.fromEntries(pairs));
export const anyInput: fc.Arbitrary<UncheckedInput> = fc.record(
  {
    name: fc.oneof(fc.constantFrom("azureml", "AzureML", "a_b"), fc.string({ maxLength: 60 })),
    settings: mapOf<unknown>(anyValue, 9),
    protected: mapOf<unknown>(anyProtected, 3),
    version: fc.constant("1.1.60"),
    releaseTrain: fc.constantFrom("stable", "preview"),
    autoUpgrade: fc.boolean(),
  },
  { requiredKeys: ["settings", "protected"] },
);
const plausible: Record<string, string[]> = {
  flag: ["True", "False", "true"],
  fqdn: ["ml.contoso.com", "a.b.c"],
  "secret-name": ["ml-tls"],
  "label-value": ["ssd"],
  quantity: ["2Gi"],
  number: ["4"],
  text: ["x"],
};
/** Keys that are right, with values that may be. */
const likelySettings = fc
  .uniqueArray(fc.tuple(fc.constantFrom(...exact, "nodeSelector.disktype", "workLoadToleration[0].key"), fc.nat(5)), {
    maxLength: 9,
    selector: ([key]) => key,
  })
  .map((pairs) => {
    const entries = pairs.flatMap(([key, pick]) => {
      const found = lookUp(key);
      if (found.status !== "known" || found.setting.protected) return [];
      const values = found.setting.choices ?? plausible[found.setting.kind] ?? ["x"];
      return [[key, values[pick % values.length]!]];
    });
    return Object.fromEntries(entries) as Record<string, unknown>;
  });
export const likelyInput: fc.Arbitrary<UncheckedInput> = fc.record({
  settings: likelySettings,
  protected: fc.constantFrom<Record<string, unknown>[]>({}, { sslCertPemFile: { ref: "c" }, sslKeyPemFile: { ref: "k" } }),
});
export const anyFacts: fc.Arbitrary<SettingsFacts> = fc.record(
  {
    now: fc.constantFrom("2026-01-01T00:00:00Z", "2028-01-01T00:00:00Z", "2026-12-20T00:00:00Z"),
    cluster: fc.constantFrom(1, 2, 5, null).map((nodeCount) => ({ ...clusterFacts, nodeCount })),
    nodes: fc.array(
      fc
        .record({
          count: fc.nat(3),
          taints: fc.constantFrom<string[][]>([], ["gpu=yes:NoSchedule"]),
          labels: fc.constantFrom<Record<string, string>[]>({}, { disktype: "ssd" }),
        })
        .map(nodeGroup),
      { maxLength: 3 },
    ),
    certificate: fc
      .record({
        names: fc.constantFrom<string[][]>([], ["ml.contoso.com"], ["*.b.c"]),
        key: fc.constantFrom("matches" as const, "differs" as const, "absent" as const),
      })
      .map((changes) => ({ state: "ok" as const, certificate: { ...certificateFacts, ...changes } })),
    sslSecretFound: fc.boolean(),
    found: fc.record({ volcano: fc.boolean(), prometheusOperator: fc.boolean(), ingressNginx: fc.boolean() }),
  },
  { requiredKeys: [] },
);
