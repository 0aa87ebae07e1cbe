import { afterAll, beforeAll, expect, test } from "vitest";
import { clusterId, subscriptionIds } from "../tenant/ids";
import { type Answer, type TestAzure, testAzure } from "../testing";

const { dev, prod } = subscriptionIds;
const cluster = clusterId(dev, "aks-chaos-mesh-rg", "aks-chaos-mesh-aks");
const secured = clusterId(prod, "rg-ml-prod", "aks-ml-prod");
const person = "Wanjiru Mbeki";

let azure: TestAzure;
beforeAll(async () => void (azure = await testAzure()));
afterAll(() => azure.end());

const post = (of: string, action: string, more = "", who = person) =>
  azure.as(who, "POST", `${of}/${action}?api-version=2026-04-01${more}`);
const errorOf = (answer: Answer) => (answer.body as { error: { code: string; message: string } }).error;
const textOf = (answer: Answer) =>
  Buffer.from((answer.body as { kubeconfigs: { value: string }[] }).kubeconfigs[0]?.value ?? "", "base64").toString("utf8");

test("the user section is a program for format exec, and the old one otherwise", async () => {
  expect(textOf(await post(cluster, "listClusterUserCredential", "&format=exec"))).toContain("command: kubelogin");
  const old = textOf(await post(cluster, "listClusterUserCredential"));
  expect([old.includes("name: azure"), old.includes("kubelogin")]).toEqual([true, false]);
  expect(errorOf(await post(cluster, "listClusterUserCredential", "&format=other")).code).toBe("InvalidParameter");
});

test("a cluster of another name may be asked for by server-fqdn", async () => {
  expect(textOf(await post(cluster, "listClusterUserCredential", "&format=exec&server-fqdn=other.example"))).toContain(
    "server: https://other.example:",
  );
});

test("a static credential is refused where local accounts are off", async () => {
  expect((await post(cluster, "listClusterAdminCredential")).status).toBe(200);
  expect(errorOf(await post(secured, "listClusterAdminCredential"))).toEqual({
    code: "BadRequest",
    message: "Getting static credential is not allowed because this cluster is set to disable local accounts.",
  });
  expect((await post(secured, "listClusterUserCredential", "&format=exec")).status).toBe(200);
});

test("each credential wants its own right, and a read-only lock stops both", async () => {
  for (const action of ["listClusterUserCredential", "listClusterAdminCredential"]) {
    expect(errorOf(await post(cluster, action, "", "Ines Duarte")).message).toContain(
      `'Microsoft.ContainerService/managedClusters/${action}/action'`,
    );
    expect(errorOf(await post(clusterId(dev, "rg-legacy", "aks-legacy-batch"), action)).code).toBe("ScopeLocked");
  }
});
