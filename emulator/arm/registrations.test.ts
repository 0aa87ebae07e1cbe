import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { subscriptionIds } from "../tenant/ids";
import { type TestAzure, testAzure } from "../testing";

const { dev, data } = subscriptionIds;
const provider = (subscription: string, more = "", namespace = "Microsoft.KubernetesConfiguration") =>
  `/subscriptions/${subscription}/providers/${namespace}${more}?api-version=2022-12-01`;
const feature = (name = "TrustedAccessPreview", more = "") =>
  `/subscriptions/${dev}/providers/Microsoft.Features/providers/Microsoft.ContainerService/features/${name}${more}?api-version=2021-07-01`;

let azure: TestAzure;
beforeAll(async () => void (azure = await testAzure({ speed: 1 })));
beforeEach(async () => {
  await azure.control("POST", "/reset", {});
  for (const subscription of [dev, data])
    await azure.control("POST", "/role-assignments", {
      person: "Sofia Almeida",
      role: "Contributor",
      scope: `/subscriptions/${subscription}`,
    });
});
afterAll(() => azure.end());

const stateOf = async (path: string) =>
  ((await azure.as("Sofia Almeida", "GET", path)).body as { registrationState: string }).registrationState;
const advance = (ms: number) => azure.control("POST", "/clock/advance", { ms });

test("a provider is registered per subscription, and takes its time", async () => {
  expect(await stateOf(provider(dev))).toBe("Registered");
  expect(await stateOf(provider(data))).toBe("NotRegistered");
  const asked = await azure.as("Sofia Almeida", "POST", provider(data, "/register"));
  expect(asked.body).toMatchObject({ registrationState: "Registering" });
  await advance(60_000);
  expect((await azure.as("Sofia Almeida", "POST", provider(data, "/register"))).body).toMatchObject({ registrationState: "Registering" });
  await advance(61_000);
  expect(await stateOf(provider(data))).toBe("Registered");
  expect(await stateOf(provider(dev))).toBe("Registered");
});

test("a provider is unregistered unless the subscription uses it", async () => {
  await azure.as("Sofia Almeida", "POST", provider(dev, "/unregister", "Microsoft.ContainerRegistry"));
  expect(await stateOf(provider(dev, "", "Microsoft.ContainerRegistry"))).toBe("Unregistering");
  await advance(121_000);
  expect(await stateOf(provider(dev, "", "Microsoft.ContainerRegistry"))).toBe("NotRegistered");
  expect((await azure.as("Sofia Almeida", "POST", provider(dev, "/unregister", "Microsoft.ContainerService"))).status).toBe(409);
});

test("who may not register a provider is told the action", async () => {
  const refused = await azure.as("Ines Duarte", "POST", provider(data, "/register"));
  expect(refused.status).toBe(403);
  expect(refused.text).toContain("'Microsoft.KubernetesConfiguration/register/action' over scope '/subscriptions/");
  expect(await stateOf(provider(data))).toBe("NotRegistered");
});

test("the preview feature of Trusted Access is listed, registered after minutes, and asked for by nothing", async () => {
  const read = async () => (await azure.as("Sofia Almeida", "GET", feature())).body;
  expect(await read()).toEqual({
    id: `/subscriptions/${dev}/providers/Microsoft.Features/providers/Microsoft.ContainerService/features/TrustedAccessPreview`,
    name: "Microsoft.ContainerService/TrustedAccessPreview",
    type: "Microsoft.Features/providers/features",
    properties: { state: "NotRegistered" },
  });
  expect((await azure.as("Sofia Almeida", "POST", feature("TrustedAccessPreview", "/register"))).body).toMatchObject({
    properties: { state: "Registering" },
  });
  await advance(601_000);
  expect(await read()).toMatchObject({ properties: { state: "Registered" } });
  const listed = await azure.as(
    "Sofia Almeida",
    "GET",
    `/subscriptions/${dev}/providers/Microsoft.Features/providers/Microsoft.ContainerService/features?api-version=2021-07-01`,
  );
  expect((listed.body as { value: { name: string }[] }).value.map((one) => one.name)).toContain(
    "Microsoft.ContainerService/TrustedAccessPreview",
  );
  expect((await azure.as("Sofia Almeida", "GET", feature("Nothing"))).status).toBe(404);
  expect((await azure.as("Ines Duarte", "POST", feature("TrustedAccessPreview", "/register"))).status).toBe(403);
});
