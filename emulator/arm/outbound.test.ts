import { afterAll, beforeAll, expect, test } from "vitest";
import { clusterId, subscriptionIds } from "../tenant/ids";
import { type TestAzure, testAzure } from "../testing";

type Address = { properties: { ipAddress: string } };
type Cluster = {
  properties: {
    networkProfile: {
      outboundType: string;
      loadBalancerSku: string;
      loadBalancerProfile?: { effectiveOutboundIPs: { id: string }[] };
    } & Record<string, unknown>;
  };
};

const aks = "api-version=2026-04-01";
const { prod } = subscriptionIds;
const cluster = clusterId(prod, "rg-ml-prod", "aks-ml-prod");

let azure: TestAzure;
beforeAll(async () => void (azure = await testAzure()));
afterAll(() => azure.end());

const networkOf = async (id: string) =>
  ((await azure.as("Priya Raghunathan", "GET", `${id}?${aks}`)).body as Cluster).properties.networkProfile;
const addressOf = (id: string, person = "Lena Fischer") => azure.as(person, "GET", `${id}?api-version=2025-05-01`);

test("the address by which a cluster goes out can be read from its load balancer's profile", async () => {
  const network = await networkOf(cluster);
  expect(network).toMatchObject({ outboundType: "loadBalancer", loadBalancerSku: "standard" });
  const [first] = network.loadBalancerProfile?.effectiveOutboundIPs ?? [];
  const answer = await addressOf(first?.id ?? "");
  expect(answer.status).toBe(200);
  expect((answer.body as Address).properties.ipAddress).toMatch(/^52\.224\.\d+\.\d+$/);
});

test("reading the address needs its own right, and one that is not there is not found", async () => {
  const [first] = (await networkOf(cluster)).loadBalancerProfile?.effectiveOutboundIPs ?? [];
  const id = first?.id ?? "";
  expect((await addressOf(id, "Chloé Martin")).text).toContain("'Microsoft.Network/publicIPAddresses/read'");
  expect((await addressOf(`${id}0`)).status).toBe(404);
});

test("a cluster with routes of its own names no address", async () => {
  const network = await networkOf(clusterId(prod, "rg-ml-prod-private", "aks-ml-private"));
  expect(network.outboundType).toBe("userDefinedRouting");
  expect(JSON.stringify(network)).not.toContain("effectiveOutboundIPs");
});

test("a put cannot take the address of the outbound traffic away", async () => {
  const kept = (await azure.as("Priya Raghunathan", "GET", `${cluster}?${aks}`)).body as Cluster;
  const { loadBalancerProfile: before, ...networkProfile } = kept.properties.networkProfile;
  const body = { ...kept, properties: { ...kept.properties, networkProfile } };
  expect((await azure.as("Priya Raghunathan", "PUT", `${cluster}?${aks}`, body)).status).toBe(200);
  expect((await networkOf(cluster)).loadBalancerProfile?.effectiveOutboundIPs).toEqual(before?.effectiveOutboundIPs);
});
