import { execFileSync, spawnSync } from "node:child_process";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Json } from "@/lib/kernel/json";
import { workspaceId } from "../preflight/testing/facts";
import { deployFacts, deployInput, deployPlan, stepOf, teardownPlan } from "../testing";
import { readable } from "../preflight/testing/facts";
import { deploymentExports } from "./exports";
import { bicepValue, hclValue } from "./values";

const providers = readable([
  { namespace: "Microsoft.ContainerService", state: "Registered" },
  { namespace: "Microsoft.MachineLearningServices", state: "Registered" },
]);
const plan = deployPlan(deployInput(), deployFacts({ providers }));
const secretInput = deployInput({
  extension: {
    name: "azureml",
    settings: {
      enableInference: "True",
      inferenceRouterServiceType: "loadBalancer",
      sslCname: "ml.contoso.com",
      "nodeSelector.a": "it's ${x} \\",
    },
    protected: { sslCertPemFile: { ref: "ref-of-cert" }, sslKeyPemFile: { ref: "ref-of-key" } },
  },
});
const https = deployPlan(secretInput, deployFacts({ providers, direct: true }));
const made = deployPlan(
  deployInput({ workspace: { use: "new", name: "ml-new", resourceGroup: "ml-rg", location: "eastus" } }),
  deployFacts({ providers, workspace: { state: "absent" } }),
);
const teardown = teardownPlan();
const secrets = { PROTECTED_SSLCERTPEMFILE: "Q0VSVA==", PROTECTED_SSLKEYPEMFILE: "S0VZ" };

const withoutSecrets = { NODE_ENV: process.env.NODE_ENV, PATH: process.env.PATH };

/** The words that a shell hands to each command, one list for each call. */
function calls(script: string, env: Record<string, string> = {}): string[][] {
  const marked = ["az", "kubectl"].map((name) => `${name}() { printf 'call\\0%s\\0' ${name}; printf '%s\\0' "$@"; }`).join("\n");
  const output = execFileSync("/bin/sh", ["-c", `${marked}\n${script}`], {
    encoding: "utf8",
    env: { ...withoutSecrets, ...env },
  });
  return output
    .split("call\0")
    .slice(1)
    .map((call) => call.split("\0").slice(0, -1));
}
const bodyOf = (call: string[] | undefined): unknown => JSON.parse(call?.at(call.indexOf("--body") + 1) ?? "null");
const restCalls = (all: string[][]) => all.filter((call) => call[1] === "rest");
/** Opening and closing signs outside of strings and comments. */
function isBalanced(text: string, string: RegExp, comment: RegExp): boolean {
  const open: string[] = [];
  for (const sign of text.replace(string, "").replace(comment, "")) {
    if ("{[(".includes(sign)) open.push(sign);
    if ("}])".includes(sign) && "{[(".indexOf(open.pop() ?? "") !== "}])".indexOf(sign)) return false;
  }
  return open.length === 0;
}
const isHcl = (text: string) => isBalanced(text, /"(?:[^"\\]|\\.)*"/g, /^\s*#.*$/gm);
const isBicep = (text: string) => isBalanced(text, /'(?:[^'\\]|\\.)*'/g, /^\s*\/\/.*$/gm);

describe("az", () => {
  test("makes the very calls of the plan, and waits for each", () => {
    const all = calls(deploymentExports(plan).az);
    expect(all.map((call) => call.slice(0, 3).join(" "))).toEqual([
      "az provider register",
      "az rest --method",
      "az resource wait",
      "az rest --method",
      "az resource wait",
      "az aks command",
      "az rest --method",
      "az resource wait",
    ]);
    const sent = plan.steps.filter(({ method }) => method === "PUT");
    expect(restCalls(all).map(bodyOf)).toEqual(sent.map(({ body }) => body));
    expect(restCalls(all).map((call) => call[call.indexOf("--url") + 1])).toEqual(
      sent.map(({ resourceId, apiVersion }) => `${resourceId}?api-version=${apiVersion}`),
    );
    expect(all.find((call) => call[1] === "aks")?.at(-1)).toBe((stepOf(plan, "make-namespace").body as { command: string }).command);
  });

  test("takes protected values from the environment, and refuses to begin without them", () => {
    const { az } = deploymentExports(https);
    expect(az).not.toContain("ref-of-");
    const body = bodyOf(restCalls(calls(az, secrets))[0]);
    expect(body).toMatchObject({
      properties: { configurationProtectedSettings: { "scoringFe.sslCert": "Q0VSVA==", "scoringFe.sslKey": "S0VZ" } },
    });
    const shell = spawnSync("/bin/sh", ["-c", `az() { echo called; }\n${az}`], { encoding: "utf8", env: withoutSecrets });
    expect([shell.status === 0, shell.stdout]).toEqual([false, ""]);
    expect(shell.stderr).toContain("PROTECTED_SSLCERTPEMFILE");
  });

  test("keeps a plain value that looks like a place of a secret, and renders a protected key with the name of a member of every object", () => {
    const [settings, ref] = [{ "nginxIngress.x": String.raw`\\u0000sslKeyPemFile\\u0000\u0000sslKeyPemFile\u0000` }, { ref: "r" }];
    const extension = {
      name: "azureml",
      settings: { enableTraining: "True", ...settings },
      protected: { sslKeyPemFile: ref, constructor: ref },
    };
    const odd = deployPlan(deployInput({ extension }), deployFacts({ providers, direct: true }));
    const { az, terraform, bicep } = deploymentExports(odd);
    const put = restCalls(calls(az, { ...secrets, PROTECTED_CONSTRUCTOR: "x" })).find((call) => call.join(" ").includes("/extensions/"));
    const { properties } = bodyOf(put) as { properties: Record<string, object> };
    expect(properties.configurationSettings).toMatchObject(settings);
    expect(properties.configurationProtectedSettings).toEqual({ "scoringFe.sslKey": "S0VZ", constructor: "x" });
    expect([terraform, bicep].every((text) => text.includes("protected_constructor"))).toBe(true);
  });

  test("a failing call stops the script", () => {
    const shell = spawnSync("/bin/sh", ["-c", `az() { echo "$1"; [ "$1" != rest ]; }\n${deploymentExports(plan).az}`], {
      encoding: "utf8",
    });
    expect([shell.status, shell.stdout]).toEqual([1, "provider\nrest\n"]);
  });

  test("a teardown detaches and never deletes a cluster, and waits until things are gone", () => {
    const all = calls(deploymentExports(teardown).az);
    expect(all[0]).toContain(`${stepOf(teardown, "detach-k8s-dev").resourceId}?api-version=2024-04-01&underlyingResourceAction=Detach`);
    expect(all.filter((call) => call[1] === "resource").every((call) => call.at(-1) === "--deleted")).toBe(true);
    expect(deploymentExports(teardown).az).toContain("# Wait until the namespace azureml is gone: wait until this is so.");
  });
});

describe("Terraform", () => {
  const { terraform } = deploymentExports(plan);

  test("has a block for each write, each after the one before, and a comment for each wait", () => {
    expect([...terraform.matchAll(/^resource "(\w+)"/gm)].map(([, type]) => type)).toEqual([
      "azapi_resource_action",
      "azurerm_kubernetes_cluster_extension",
      "azurerm_kubernetes_cluster_trusted_access_role_binding",
      "kubernetes_namespace_v1",
      "azapi_resource",
    ]);
    expect(terraform.match(/depends_on/g)).toHaveLength(4);
    expect(terraform).toContain("depends_on = [azurerm_kubernetes_cluster_extension.azureml]");
    expect(terraform).toContain("# See that the extension azureml is well: wait until this is so.");
    expect(isHcl(terraform)).toBe(true);
  });

  test("has every setting of the extension, the derived ones too", () => {
    for (const { key, value } of plan.settings) expect(terraform).toContain(`"${key}" = "${value}"`);
    expect(plan.settings.some(({ derived }) => derived)).toBe(true);
  });

  test("has protected values as sensitive variables, and none of them in it", () => {
    const text = deploymentExports(https).terraform;
    expect(text).toContain('variable "protected_sslKeyPemFile" {\n  type      = string\n  sensitive = true\n}');
    expect(text).toContain('"scoringFe.sslKey" = base64encode(var.protected_sslKeyPemFile)');
    expect(text).not.toContain("ref-of-");
    expect(text).toContain(`"it's $$\{x} \\\\"`);
    expect(isHcl(text)).toBe(true);
  });

  test("makes a new workspace by the template of the plan", () => {
    const text = deploymentExports(made).terraform;
    expect(text).toContain('resource "azurerm_resource_group_template_deployment" "workspace" {');
    expect(isHcl(text)).toBe(true);
  });
});

describe("Bicep", () => {
  const { bicep } = deploymentExports(plan);

  test("installs on the cluster and attaches by a module in the workspace's group", () => {
    expect(bicep).toContain(
      "resource extension 'Microsoft.KubernetesConfiguration/extensions@2023-05-01' = {\n  name: 'azureml'\n  scope: cluster",
    );
    expect(bicep).toContain("  scope: resourceGroup('11111111-1111-1111-1111-111111111111', 'ml-dev-rg')");
    expect(bicep).toContain("resource compute 'Microsoft.MachineLearningServices/workspaces/computes@2024-04-01' = {\n  parent: workspace");
    expect(workspaceId).toContain("/ml-dev-rg/");
    for (const { key, value } of plan.settings) expect(bicep).toContain(`'${key}': '${value}'`);
    expect(isBicep(bicep)).toBe(true);
  });

  test("has secure parameters for protected values, and none of them in it", () => {
    const text = deploymentExports(https).bicep;
    expect(text).toContain("@secure()\nparam protected_sslKeyPemFile string");
    expect(text).toContain("'scoringFe.sslKey': base64(protected_sslKeyPemFile)");
    expect(text).not.toContain("ref-of-");
    expect(text).toContain(String.raw`'it\'s \${x} \\'`);
    expect(isBicep(text)).toBe(true);
  });
});

test("a teardown is words alone in Terraform and Bicep, in its order", () => {
  const { terraform, bicep } = deploymentExports(teardown);
  for (const [text, sign] of [
    [terraform, "#"],
    [bicep, "//"],
  ] as const) {
    expect(
      text
        .trimEnd()
        .split("\n")
        .filter((line) => !line.startsWith(sign)),
    ).toEqual([]);
    expect(text.indexOf("1. Detach")).toBeLessThan(text.indexOf("2. Delete the extension"));
  }
});

const json: fc.Arbitrary<Json> = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    fc.string({ unit: fc.constantFrom("'", '"', "\\", "$", "{", "}", "%", "\n", "#", "a") }),
    fc.boolean(),
    fc.integer(),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(fc.string({ unit: fc.constantFrom("a", ".", "'", '"', "$", "{"), minLength: 1 }), tie("value"), { maxKeys: 3 }),
  ),
})).value;

test("any value is one expression of either language", () => {
  fc.assert(
    fc.property(json, (value) => {
      expect(isHcl(hclValue(value, 0, () => "var.x"))).toBe(true);
      expect(isBicep(bicepValue(value, 0, () => "x"))).toBe(true);
    }),
  );
});
