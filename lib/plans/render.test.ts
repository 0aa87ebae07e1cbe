import { execFileSync, spawnSync } from "node:child_process";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { planBinding } from "@/lib/bindings/plan";
import {
  binding,
  bindingFacts,
  clusterId,
  grantInput,
  inference,
  mlworkload,
  planningContext,
  readable,
  revokeInput,
  updateInput,
  vaultId,
  workspaceId,
} from "@/lib/bindings/testing";
import type { BindingInput } from "@/lib/requests/schema";
import type { BindingPlan, PlanStep } from "./plan";
import { bicepQuote, commentText, hclQuote, shellQuote, symbolOf } from "./quote";
import { renderAz } from "./render-az";
import { renderBicep } from "./render-bicep";
import { renderTerraform } from "./render-terraform";

function planOf(input: BindingInput): BindingPlan {
  const bindings = input.kind === "binding-grant" ? [] : [binding("ml-dev-mlworkload")];
  const { plan } = planBinding(input, bindingFacts({ bindings: readable(bindings) }), planningContext());
  if (plan === null) throw new Error("There is no plan.");
  return plan;
}
const grant = planOf(grantInput({ hours: 8, roles: [mlworkload, inference] }));
const update = planOf(updateInput());
const revoke = planOf(revokeInput());
const replace = planOf(updateInput({ sourceResourceId: vaultId, roles: ["Microsoft.DataProtection/backupVaults/backup-operator"] }));

/** The words that a shell hands to `az`, one list for each call. */
function azCalls(script: string): string[][] {
  const marked = `az() { printf 'call\\0'; printf '%s\\0' "$@"; }\n${script}`;
  const output = execFileSync("/bin/sh", ["-c", marked], { encoding: "utf8" });
  return output
    .split("call\0")
    .slice(1)
    .map((call) => call.split("\0").slice(0, -1));
}

describe("az", () => {
  const head = ["aks", "trustedaccess", "rolebinding"];
  const where = [
    "--subscription",
    clusterId.split("/")[2],
    "--resource-group",
    "aks-dev-rg",
    "--cluster-name",
    "aks-dev",
    "--name",
    "ml-dev-mlworkload",
  ];
  test("a grant is one create with comma-separated roles", () => {
    expect(azCalls(renderAz(grant))).toEqual([
      [...head, "create", ...where, "--source-resource-id", workspaceId, "--roles", `${inference},${mlworkload}`],
    ]);
    expect(renderAz(grant)).toContain("# Azure keeps no end for a binding: revoke it after 8 h.");
  });
  test("a change is an update, which has no source", () => {
    expect(azCalls(renderAz(update))).toEqual([[...head, "update", ...where, "--roles", `${inference},${mlworkload}`]]);
  });
  test("a revocation is a delete that does not ask", () => {
    expect(azCalls(renderAz(revoke))).toEqual([[...head, "delete", ...where, "--yes"]]);
  });
  test("another source is a delete, then a create", () => {
    expect(azCalls(renderAz(replace)).map((call) => call[3])).toEqual(["delete", "create"]);
  });
  test("a failing delete stops the script before the create", () => {
    const script = `az() { echo "$4"; [ "$4" != delete ]; }\n${renderAz(replace)}`;
    const shell = spawnSync("/bin/sh", ["-c", script], { encoding: "utf8" });
    expect([shell.status, shell.stdout]).toEqual([1, "delete\n"]);
  });
  test("shell text in what a step is asked to write stays one word, and is no name of a resource", () => {
    const text = "'; $(exit 9) `exit 8` \\ \"";
    const asked = (part: (step: PlanStep) => Partial<PlanStep>) => ({
      ...grant,
      steps: grant.steps.map((step) => ({ ...step, ...part(step) })),
    });
    const evil = asked(() => ({ body: { properties: { sourceResourceId: text, roles: [text] } } }));
    expect(azCalls(renderAz({ ...evil, sentence: "x\n$(touch /tmp/evil)" }))[0]?.filter((word) => word === text)).toHaveLength(2);
    expect(() => renderAz(asked(({ resourceId }) => ({ resourceId: `${resourceId}${text}` })))).toThrow(/is not an ARM resource id/);
  });
});

describe("Terraform", () => {
  test("a grant is a resource", () => {
    const text = renderTerraform(grant);
    expect(text).toContain('resource "azurerm_kubernetes_cluster_trusted_access_role_binding" "ml_dev_mlworkload" {');
    expect(text).toContain(`  kubernetes_cluster_id = "${clusterId}"`);
    expect(text).toContain(`  roles = [\n    "${inference}",\n    "${mlworkload}",\n  ]\n}`);
    expect(text).not.toContain("import {");
  });
  test("a change imports the binding first", () => {
    expect(renderTerraform(update)).toContain(
      `import {\n  to = azurerm_kubernetes_cluster_trusted_access_role_binding.ml_dev_mlworkload\n  id = "${clusterId}/trustedAccessRoleBindings/ml-dev-mlworkload"\n}`,
    );
    expect(renderTerraform(replace)).toContain("forces Terraform to destroy the binding");
  });
  test("a revocation is a removed block that says what it cannot do", () => {
    const text = renderTerraform(revoke);
    expect(text).toContain(
      "removed {\n  from = azurerm_kubernetes_cluster_trusted_access_role_binding.ml_dev_mlworkload\n  lifecycle {\n    destroy = true\n  }\n}",
    );
    expect(text).toContain("a binding that Terraform does not know stays as it is");
  });
});

describe("Bicep", () => {
  test("a grant is a child of the existing cluster", () => {
    const text = renderBicep(grant);
    expect(text).toContain("resource cluster 'Microsoft.ContainerService/managedClusters@2025-10-01' existing = {\n  name: 'aks-dev'\n}");
    expect(text).toContain(
      "resource ml_dev_mlworkload 'Microsoft.ContainerService/managedClusters/trustedAccessRoleBindings@2025-10-01' = {\n  parent: cluster\n  name: 'ml-dev-mlworkload'",
    );
    expect(text).toContain(`    roles: [\n      '${inference}'\n      '${mlworkload}'\n    ]`);
  });
  test("a revocation deploys nothing and says so", () => {
    const text = renderBicep(revoke);
    expect(text).toContain("Bicep cannot delete a binding");
    expect(
      text
        .trimEnd()
        .split("\n")
        .every((line) => line.startsWith("//")),
    ).toBe(true);
  });
  test("another source says that the binding must be deleted first", () => {
    expect(renderBicep(replace)).toContain("// az resource delete --ids ");
  });
});

// Texts full of what the three languages give a meaning to.
const nasty = fc.string({
  unit: fc.oneof(
    fc.constantFrom("'", '"', "\\", "$", "{", "}", "%", "`", "\n", "\r", "\t", "!", "~", " ", "\u0001", "é", "😀"),
    fc.string({ minLength: 1, maxLength: 1 }),
  ),
});

describe("quoting", () => {
  test("any text is one word of a shell", () => {
    fc.assert(
      fc.property(fc.array(nasty, { minLength: 1, maxLength: 20 }), (texts) => {
        const output = execFileSync("/bin/sh", ["-c", `printf '%s\\0' ${texts.map(shellQuote).join(" ")}`], { encoding: "utf8" });
        expect(output.split("\0").slice(0, -1)).toEqual(texts.map((text) => text.replaceAll("\0", "")));
      }),
      { numRuns: 60 },
    );
  });

  test("any text is one string of Terraform's language, without a template", () => {
    fc.assert(
      fc.property(nasty, (text) => {
        const quoted = hclQuote(text);
        expect(quoted).toMatch(/^"(?:[^"\\\n\r]|\\.)*"$/s);
        const inner = quoted.slice(1, -1);
        // What is left after the escapes of the language are taken out opens no template.
        expect(inner.replace(/\\u[0-9a-f]{4}|\\./g, "_").replace(/\$\$\{|%%\{/g, "_")).not.toMatch(/[$%]\{/);
        expect(readHcl(inner)).toBe(text);
      }),
    );
  });

  test("any text is one string of Bicep, without an interpolation", () => {
    fc.assert(
      fc.property(nasty, (text) => {
        const quoted = bicepQuote(text);
        expect(quoted).toMatch(/^'(?:[^'\\\n\r]|\\.)*'$/s);
        const inner = quoted.slice(1, -1);
        expect(inner.replace(/\\./g, "_")).not.toContain("${");
        expect(readBicep(inner)).toBe(text);
      }),
    );
  });

  test("a symbol is a word of both languages, and a comment is one line", () => {
    fc.assert(
      fc.property(nasty, (text) => {
        expect(symbolOf(text)).toMatch(/^[A-Za-z][A-Za-z0-9_]*$/);
        expect(commentText(text)).not.toMatch(/[\n\r\u2028\u2029]/);
      }),
    );
    expect(symbolOf("16987634996993c51c18b-7")).toBe("binding_16987634996993c51c18b_7");
    expect(symbolOf("true")).toBe("binding_true");
    expect(symbolOf("cluster")).toBe("binding_cluster");
    expect(symbolOf("--")).toBe("binding");
  });
});

const plainEscapes: Record<string, string> = { n: "\n", r: "\r", t: "\t" };

/** Reads the inside of a quoted string as the language's own reader does. */
function readHcl(inner: string): string {
  return inner.replace(/\\u([0-9a-f]{4})|\\(.)|([$%])\3\{/gs, (_all, code?: string, char?: string, sign?: string) => {
    if (code !== undefined) return String.fromCharCode(Number.parseInt(code, 16));
    return char === undefined ? `${sign}{` : (plainEscapes[char] ?? char);
  });
}

function readBicep(inner: string): string {
  return inner.replace(/\\u\{([0-9a-f]+)\}|\\(.)/gs, (_all, code?: string, char?: string) =>
    code === undefined ? (plainEscapes[char ?? ""] ?? char ?? "") : String.fromCodePoint(Number.parseInt(code, 16)),
  );
}
