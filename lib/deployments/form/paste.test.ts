import { describe, expect, test } from "vitest";
import { readEventText } from "@/lib/audit/event";
import { person } from "@/lib/audit/testing";
import { db } from "@/lib/db/client";
import { testDatabase } from "@/lib/db/testing";
import { refusalOf } from "@/lib/requests/testing/database";
import { keptValues } from "../protected-store";
import { readPaste } from "./paste";

testDatabase();
const ines = person("Ines", ["Requester"]);

/** As the field report printed it: another case of a key, another of a choice, endpoints in the clear. */
const fieldReport =
  "az k8s-extension create --name AzureML --extension-type Microsoft.AzureML.Kubernetes --config enableTraining=True enableInference=True inferenceRouterServiceType=LoadBalancer allowInsecureConnections=True InferenceRouterHA=False --cluster-type managedClusters --cluster-name aks-chaos-mesh-aks --resource-group aks-chaos-mesh-rg --scope cluster";

describe("a pasted command", () => {
  test("fills in what it says, and names each mistake with its fix", async () => {
    const answer = await readPaste(ines, { text: fieldReport });
    expect(answer).toMatchObject({
      name: "AzureML",
      cluster: "aks-chaos-mesh-aks",
      resourceGroup: "aks-chaos-mesh-rg",
      subscription: null,
    });
    expect(answer.settings).toMatchObject({ enableTraining: "True", InferenceRouterHA: "False" });
    expect(answer.findings).toContainEqual(
      expect.objectContaining({
        key: "InferenceRouterHA",
        level: "error",
        fix: expect.objectContaining({ changes: [{ do: "rename", in: "settings", key: "InferenceRouterHA", to: "inferenceRouterHA" }] }),
      }),
    );
    expect(answer.findings.filter(({ risk }) => risk === "critical")).not.toEqual([]);
  });

  test("ends with its secret sealed for whoever pasted it, on record by its key, and never sent back", async () => {
    const secret = "hunter2hunter2==";
    const answer = await readPaste(ines, {
      text: `az k8s-extension create --name azureml --config enableInference=True --config-protected azure_log_analytics.connection_string=${secret}`,
    });
    const ref = answer.protected["azure_log_analytics.connection_string"]?.ref ?? "";
    expect(await keptValues(ines, { "azure_log_analytics.connection_string": { ref } })).toMatchObject([
      { ref, key: "azure_log_analytics.connection_string" },
    ]);
    const events = (await db().auditEvent.findMany()).map(({ event }) => readEventText(event));
    expect(events).toMatchObject([
      { action: "protected-value-kept", outcome: "ok", actor: { name: "Ines" }, subject: { id: "azure_log_analytics.connection_string" } },
    ]);
    expect(JSON.stringify([answer, events, await db().protectedValue.findMany()])).not.toContain("hunter2");
  });

  test.each([
    ["a file on the person's own computer", "sslKeyPemFile", "/home/ines/very-secret.pem", /given as a file/],
    ["what is no secret", "sslCname", "very-secret.contoso.com", /no secret/],
    ["a misspelt key", "azure_log_analytics.connection_strin", "very-secret", /did you mean azure_log_analytics.connection_string/],
    ["what is for Arc", "relayServerConnectionString", "very-secret", /Azure Arc/],
    ["a variable", "azure_log_analytics.connection_string", "$very_secret", /placeholder/],
  ])("has this named with the reason, not kept and not repeated: %s", async (_, key, value, why) => {
    const before = await db().protectedValue.count();
    const answer = await readPaste(ines, { text: `az k8s-extension create --name azureml --config-protected ${key}=${value}` });
    expect(answer.protected).toEqual({});
    expect(answer.reading).toContainEqual(
      expect.objectContaining({ rule: "paste-not-taken", key, level: "warning", message: expect.stringMatching(why) }),
    );
    expect(JSON.stringify(answer)).not.toMatch(/very[-_]secret/);
    expect(await db().protectedValue.count()).toBe(before);
  });

  test("is not read for a person who may not ask", async () => {
    expect(await refusalOf(() => readPaste(person("Ada", ["Auditor"]), { text: fieldReport }))).toMatchObject({ code: "forbidden" });
  });
});
