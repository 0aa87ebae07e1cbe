import { rmSync } from "node:fs";
import { globalAgent } from "node:http";
import { expect, test } from "vitest";
import { cliSettings } from "../arm/testing";
import type { KubeObject } from "../state/kubernetes-shapes";
import { clusterId, subscriptionIds } from "../tenant/ids";
import { testAzure } from "../testing";
import { serverOf } from "./testing";

const cluster = clusterId(subscriptionIds.dev, "aks-chaos-mesh-rg", "aks-chaos-mesh-aks");
const extension = `${cluster}/providers/Microsoft.KubernetesConfiguration/extensions/azureml?api-version=2023-05-01`;
const person = "Wanjiru Mbeki";

test("an installation goes on over a restart, and API servers keep their port and their authorities", async () => {
  const first = await testAzure({ speed: 1 });
  const server = await serverOf(first, person, cluster);
  const properties = {
    extensionType: "Microsoft.AzureML.Kubernetes",
    configurationSettings: cliSettings(cluster, { enableTraining: "True" }),
  };
  const operation = (await first.as(person, "PUT", extension, { properties })).headers["azure-asyncoperation"];
  await first.stop();
  // Connections of this process to the first one are of no use for the second, which has its ports.
  globalAgent.destroy();
  const second = await testAzure({ speed: 1, stateDir: first.folder });
  expect(await serverOf(second, person, cluster)).toEqual(server);
  expect((await second.as(person, "GET", String(operation))).body).toMatchObject({ status: "Creating" });
  await second.control("POST", "/clock/advance", { ms: 500_000 });
  expect((await second.as(person, "GET", String(operation))).body).toMatchObject({ status: "Succeeded" });
  const pods = (await second.control("GET", `/kubernetes-objects?cluster=${cluster}&kind=Pod&namespace=azureml`)).body as {
    items: KubeObject[];
  };
  expect(pods.items.length).toBeGreaterThan(5);
  await second.end();
  rmSync(first.folder, { recursive: true, force: true });
});
