import { expect, test } from "vitest";
import { isAllowed, lintSettings } from "./lint";
import { applyPreset, presets } from "./presets";
import { settingOf } from "./table";
import { clusterFacts, nodeGroup } from "./testing/samples";

const [poc, production] = presets as [(typeof presets)[number], (typeof presets)[number]];
const empty = { name: "azureml", settings: {}, protected: {} };
const facts = { cluster: clusterFacts, nodes: [nodeGroup()], sslSecretFound: true };

test("presets are made of settings that are known", () => {
  for (const { settings, asks, clears } of presets)
    for (const key of [...Object.keys(settings), ...asks, ...clears]) expect(settingOf(key), key).not.toBeNull();
});

test("the proof of concept can be sent as it is, also to one node, and is not open to the internet", () => {
  const small = { ...facts, cluster: { ...clusterFacts, nodeCount: 1 }, nodes: [nodeGroup({ count: 1 })] };
  for (const known of [facts, small]) {
    const findings = lintSettings(applyPreset(empty, poc), known);
    expect(findings.map(({ rule }) => rule)).toEqual(["plain-http"]);
  }
});

test("production asks for exactly what it lacks", () => {
  const input = applyPreset(empty, production);
  expect(lintSettings(input, facts).map(({ rule }) => rule)).toEqual(["tls-missing"]);
  const filled = { ...input, settings: { ...input.settings, sslSecret: "ml-tls", sslCname: "ml.contoso.com" } };
  expect(Object.keys(filled.settings)).toEqual(expect.arrayContaining(production.asks));
  expect(lintSettings(filled, facts)).toEqual([]);
});

test("going from one to the other leaves nothing that contradicts", () => {
  const secured = {
    ...empty,
    settings: { sslSecret: "ml-tls", sslCname: "ml.contoso.com", installVolcano: "False" },
    protected: { sslKeyPemFile: { ref: "k" } },
  };
  const back = applyPreset(applyPreset(secured, production), poc);
  expect(isAllowed(lintSettings(back, facts))).toBe(true);
  expect(back.settings).toHaveProperty("installVolcano", "False");
  expect(back.protected).toEqual({});
});
