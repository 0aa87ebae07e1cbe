import { execFileSync, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
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
  const option = (call: string[] | undefined, name: string): string | undefined => call?.[call.indexOf(name) + 1];
  /** All words behind an option, up to the next one. */
  const list = (call: string[] | undefined, name: string): string[] => {
    const words = call?.slice(call.indexOf(name) + 1) ?? [];
    const end = words.findIndex((word) => word.startsWith("--"));
    return end === -1 ? words : words.slice(0, end);
  };
  const named = (all: string[][], ...words: string[]) => all.find((call) => words.every((word, index) => call[index + 1] === word));

  test("does each write of the plan by the command that has its meaning", () => {
    const all = calls(deploymentExports(plan).az);
    expect(all.map((call) => call.slice(0, 4).join(" "))).toEqual([
      "az provider register --subscription",
      "az k8s-extension create --subscription",
      "az aks trustedaccess rolebinding",
      "az aks command invoke",
      "az ml compute attach",
    ]);
    const sent = (id: string) => stepOf(plan, id).body as { properties: Record<string, Json> };
    const extension = named(all, "k8s-extension");
    const settings = Object.entries(sent("put-extension").properties.configurationSettings as object);
    expect(list(extension, "--config")).toEqual(settings.map(([key, value]) => `${key}=${value}`));
    expect(option(extension, "--cluster-type")).toBe("managedClusters");
    expect(option(extension, "--auto-upgrade-minor-version")).toBe("true");
    expect(extension).not.toContain("--version");
    const binding = named(all, "aks", "trustedaccess", "rolebinding", "create");
    const { sourceResourceId, roles } = sent("put-binding").properties;
    expect([option(binding, "--source-resource-id"), option(binding, "--roles")]).toEqual([
      sourceResourceId,
      (roles as string[]).join(","),
    ]);
    expect(named(all, "aks", "command")?.at(-1)).toBe((stepOf(plan, "make-namespace").body as { command: string }).command);
    const attach = named(all, "ml");
    expect(["--name", "--resource-id", "--namespace", "--identity-type", "--workspace-name"].map((one) => option(attach, one))).toEqual([
      "k8s-dev",
      plan.target.clusterId,
      "ml-dev",
      "SystemAssigned",
      "ml-dev",
    ]);
  });

  test("pins a version, and names the compute's own identity, where the plan does", () => {
    const id = `/subscriptions/${workspaceId.split("/")[2]}/resourceGroups/rg/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id`;
    const extension = { name: "azureml", settings: { enableTraining: "True" }, protected: {}, version: "1.1.74", autoUpgrade: false };
    const compute = { name: "k8s-dev", namespace: "ml-dev", identity: { type: "UserAssigned" as const, id } };
    const all = calls(deploymentExports(deployPlan(deployInput({ extension, compute }))).az);
    expect(option(named(all, "k8s-extension"), "--version")).toBe("1.1.74");
    expect(option(named(all, "k8s-extension"), "--auto-upgrade-minor-version")).toBe("false");
    expect(option(named(all, "ml"), "--user-assigned-identities")).toBe(id);
  });

  test("takes protected values from the environment, and refuses to begin without them", () => {
    const { az } = deploymentExports(https);
    expect(az).not.toContain("ref-of-");
    const extension = named(calls(az, secrets), "k8s-extension");
    expect(list(extension, "--config-protected")).toEqual(["sslCertPemFile=Q0VSVA==", "sslKeyPemFile=S0VZ"]);
    expect(list(extension, "--config")).toContain("nodeSelector.a=it's ${x} \\");
    const shell = spawnSync("/bin/sh", ["-c", `az() { echo called; }\n${az}`], { encoding: "utf8", env: withoutSecrets });
    expect([shell.status === 0, shell.stdout]).toEqual([false, ""]);
    expect(shell.stderr).toContain("PROTECTED_SSLCERTPEMFILE");
  });

  test("keeps a plain value that looks like a place of a secret, and renders a protected key with the name of a member of every object", () => {
    const [key, text, ref] = ["nginxIngress.x", String.raw`\\u0000sslKeyPemFile\\u0000\u0000sslKeyPemFile`, { ref: "r" }];
    const extension = {
      name: "azureml",
      settings: { enableTraining: "True", [key]: text },
      protected: { sslKeyPemFile: ref, constructor: ref },
    };
    const odd = deployPlan(deployInput({ extension }), deployFacts({ providers, direct: true }));
    const { az, terraform, bicep } = deploymentExports(odd);
    const create = calls(az, { ...secrets, PROTECTED_CONSTRUCTOR: "x" }).find((call) => call.includes("--config-protected"));
    expect(create).toContain(`${key}=${text}`);
    expect(create?.slice(create.indexOf("--config-protected") + 1)).toContain("constructor=x");
    expect([terraform, bicep].every((one) => one.includes("protected_constructor"))).toBe(true);
  });

  test("hands the template of a workspace over in a file, and its parameters as JSON", () => {
    const marked = `az() { case "$1 $2" in "deployment group") for w in "$@"; do f=$w; done; cat "$f"; printf '\\0'; printf '%s\\0' "$@";; esac; }`;
    const output = execFileSync("/bin/sh", ["-c", `${marked}\n${deploymentExports(made).az}`], { encoding: "utf8", env: withoutSecrets });
    const [template = "", ...call] = output.split("\0");
    const { properties } = stepOf(made, "make-workspace").body as { properties: { template: Json; parameters: Json } };
    expect(JSON.parse(template)).toEqual(properties.template);
    expect(JSON.parse(option(call, "--parameters") ?? "")).toEqual(properties.parameters);
    expect(existsSync(option(call, "--template-file") ?? "/")).toBe(false);
  });

  test("a failing call stops the script", () => {
    const shell = spawnSync("/bin/sh", ["-c", `az() { echo "$1"; [ "$1" != k8s-extension ]; }\n${deploymentExports(plan).az}`], {
      encoding: "utf8",
    });
    expect([shell.status, shell.stdout]).toEqual([1, "provider\nk8s-extension\n"]);
  });

  test("a teardown detaches and never deletes a cluster, each without a question", () => {
    const all = calls(deploymentExports(teardown).az);
    expect(
      all.map((call) =>
        call
          .slice(
            1,
            call.findIndex((word) => word.startsWith("--")),
          )
          .join(" "),
      ),
    ).toEqual(["ml compute detach", "k8s-extension delete", "aks trustedaccess rolebinding delete"]);
    expect(all.every((call) => call.includes("--yes"))).toBe(true);
    expect(option(all[0], "--name")).toBe("k8s-dev");
    expect(deploymentExports(teardown).az).toContain("# Wait until the namespace azureml is gone: wait until this is so.");
  });

  test("a step that the az CLI has no command for is sent as the very call of the plan", () => {
    const strange = { ...stepOf(plan, "attach-compute"), id: "something-new" };
    const [call] = calls(deploymentExports({ ...plan, steps: [strange] }).az);
    expect(call?.slice(0, 4)).toEqual(["az", "rest", "--method", "put"]);
    expect(option(call, "--url")).toBe(`${strange.resourceId}?api-version=${strange.apiVersion}`);
    expect(JSON.parse(option(call, "--body") ?? "")).toEqual(strange.body);
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
