import { describe, expect, test } from "vitest";
import { readPaste } from "./paste";

/** As the field report printed it: another case of a key, another of a choice, endpoints in the clear. */
const fieldReport =
  "az k8s-extension create --name AzureML --extension-type Microsoft.AzureML.Kubernetes --config enableTraining=True enableInference=True inferenceRouterServiceType=LoadBalancer allowInsecureConnections=True InferenceRouterHA=False --cluster-type managedClusters --cluster-name aks-chaos-mesh-aks --resource-group aks-chaos-mesh-rg --scope cluster";

describe("a pasted command", () => {
  test("fills in what it says, and names each mistake with its fix", async () => {
    const answer = await readPaste({ text: fieldReport });
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

  test("gives keys of protected settings back, and never their values", async () => {
    const secret = "/home/ines/very-secret.pem";
    const answer = await readPaste({
      text: `az k8s-extension create --name azureml --config enableInference=True --config-protected sslKeyPemFile=${secret} azure_log_analytics.connection_string=hunter2hunter2`,
    });
    expect(answer.protectedKeys).toEqual(["sslKeyPemFile", "azure_log_analytics.connection_string"]);
    expect(JSON.stringify(answer)).not.toContain(secret);
    expect(JSON.stringify(answer)).not.toContain("hunter2");
  });
});
