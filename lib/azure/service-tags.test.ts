import { type TestAzure, testAzure } from "@/emulator/testing";
import { subscriptionIds } from "@/emulator/tenant/ids";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { readServiceTagsOfArm } from "./service-tags";
import { testCaller } from "./testing";
import type { AzureCaller } from "./types";

let azure: TestAzure;
beforeAll(async () => {
  azure = await testAzure({ speed: 1 });
  Object.assign(process.env, azure.environment, {
    DATABASE_URL: "postgresql://localhost/none",
    BINDERY_SEALING_KEYS: `test:${Buffer.alloc(32, 7).toString("base64")}`,
  });
});
beforeEach(async () => void (await azure.control("POST", "/reset", {})));
afterAll(() => azure.end());

const as = (person: string): AzureCaller =>
  testCaller({ getToken: async () => ({ token: await azure.token(person), expiresOnTimestamp: Date.now() + 3_600_000 }) });
const read = (person = "Lena Fischer", location = "eastus2") => readServiceTagsOfArm(as(person), subscriptionIds.prod, location);

test("service tags are read as one document, pages joined", async () => {
  const whole = await read();
  expect(JSON.parse(whole)).toMatchObject({ changeNumber: "375", cloud: "Public" });
  await azure.control("POST", "/page-sizes", { serviceTags: 50 });
  expect(JSON.parse(await read())).toEqual(JSON.parse(whole));
});

test("a person without the right is told which, and a location that is none is refused", async () => {
  await expect(read("Chloé Martin")).rejects.toMatchObject({
    code: "rights_needed",
    facts: { action: "Microsoft.Network/locations/serviceTags/read" },
  });
  await expect(read(undefined, "atlantis")).rejects.toMatchObject({ facts: { azureCode: "LocationNotAvailableForResourceType" } });
  await expect(read(undefined, "a/../b")).rejects.toMatchObject({ code: "invalid_input" });
});
