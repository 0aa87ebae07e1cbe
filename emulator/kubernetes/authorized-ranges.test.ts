import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { clusterId, subscriptionIds } from "../tenant/ids";
import { type TestAzure, testAzure } from "../testing";
import { ask, type Server, serverOf } from "./testing";

const version = "api-version=2026-04-01";
const cluster = clusterId(subscriptionIds.dev, "aks-chaos-mesh-rg", "aks-chaos-mesh-aks");
const person = "Priya Raghunathan";

let azure: TestAzure;
let server: Server;
beforeAll(async () => void (azure = await testAzure({ speed: 1 })));
beforeEach(async () => {
  await azure.control("POST", "/reset", {});
  server = await serverOf(azure, person, cluster);
});
afterAll(() => azure.end());

const reached = () =>
  ask(server, null, "/version").then(
    (answer) => answer.status === 200,
    () => false,
  );
const put = async (authorizedIPRanges: string[]) => {
  const kept = (await azure.as(person, "GET", `${cluster}?${version}`)).body as { properties: object };
  const body = { ...kept, properties: { ...kept.properties, apiServerAccessProfile: { authorizedIPRanges } } };
  expect((await azure.as(person, "PUT", `${cluster}?${version}`, body)).status).toBe(200);
};
const pass = (ms: number) => azure.control("POST", "/clock/advance", { ms });

test("ranges shut out who is not in them, but only within two minutes after the operation", async () => {
  expect(await reached()).toBe(true);
  await put(["203.0.113.0/28"]);
  expect(await reached()).toBe(true);
  await pass(241_000);
  expect(await reached()).toBe(true);
  await pass(120_000);
  expect(await reached()).toBe(false);
  await azure.control("POST", "/egress", { address: "203.0.113.5" });
  expect(await reached()).toBe(true);
});

test("who is let in again waits for it as well", async () => {
  await azure.control("POST", "/clusters", { id: cluster, authorizedIpRanges: ["203.0.113.0/28"] });
  expect(await reached()).toBe(false);
  await put(["203.0.113.0/28", "198.51.100.200"]);
  await pass(241_000);
  expect(await reached()).toBe(false);
  await pass(120_000);
  expect(await reached()).toBe(true);
});

test("an operation that failed changes nothing for the API server", async () => {
  await azure.control("POST", "/faults", { method: "PUT", path: "/aks-chaos-mesh-aks$", operation: { status: "Failed" } });
  await put(["203.0.113.0/28"]);
  await pass(400_000);
  expect(await reached()).toBe(true);
});

test("a service tag among the ranges lets in what the tag holds, and 0.0.0.0/32 nobody from outside", async () => {
  await azure.control("POST", "/clusters", { id: cluster, authorizedIpRanges: ["AzureMachineLearning.EastUS"] });
  expect(await reached()).toBe(false);
  await azure.control("POST", "/egress", { address: "20.42.0.245" });
  expect(await reached()).toBe(true);
  await azure.control("POST", "/clusters", { id: cluster, authorizedIpRanges: ["0.0.0.0/32"] });
  expect(await reached()).toBe(false);
});
