import { afterAll, beforeAll, expect, test } from "vitest";
import { clusterId, subscriptionIds, workspaceId } from "../tenant/ids";
import { type Answer, type TestAzure, testAzure } from "../testing";
import { cliSettings } from "./testing";

const { dev, prod } = subscriptionIds;
const legacy = clusterId(dev, "rg-legacy", "aks-legacy-batch");
const production = clusterId(prod, "rg-ml-prod", "aks-ml-prod");
const person = "Wanjiru Mbeki";

let azure: TestAzure;
beforeAll(async () => void (azure = await testAzure()));
afterAll(() => azure.end());

const extension = (of: string) => `${of}/providers/Microsoft.KubernetesConfiguration/extensions/azureml?api-version=2023-05-01`;
const put = (of: string) =>
  azure.as(person, "PUT", extension(of), {
    properties: { extensionType: "Microsoft.AzureML.Kubernetes", configurationSettings: cliSettings(of, { enableTraining: "True" }) },
  });
const codeOf = (answer: Answer) => (answer.body as { error: { code: string } }).error.code;

test("a read-only lock stops a write, a delete lock a delete, of extensions and computes alike", async () => {
  expect(codeOf(await put(legacy))).toBe("ScopeLocked");
  const lock = { scope: `/subscriptions/${prod}/resourceGroups/rg-ml-prod`, name: "keep", level: "CanNotDelete" };
  await azure.control("POST", "/locks", lock);
  expect(codeOf(await azure.as(person, "DELETE", extension(production)))).toBe("ScopeLocked");
  const compute = `${workspaceId(prod, "rg-ml-prod", "mlw-fraud-prod")}/computes/k8s-fraud?api-version=2024-04-01&underlyingResourceAction=Detach`;
  expect(codeOf(await azure.as(person, "DELETE", compute))).toBe("ScopeLocked");
  await azure.control("DELETE", "/locks", lock);
  expect((await azure.as(person, "DELETE", compute)).status).toBe(202);
});

test("a stopped cluster takes no extension, and one that is not there has none", async () => {
  expect(codeOf(await put(clusterId(dev, "rg-ml-sandbox", "aks-ml-sandbox")))).toBe("ClusterNotRunning");
  expect(codeOf(await put(clusterId(dev, "rg-ml-ci", "aks-none")))).toBe("ResourceNotFound");
  expect((await azure.as(person, "GET", extension(clusterId(dev, "rg-ml-ci", "aks-none")))).status).toBe(404);
});
