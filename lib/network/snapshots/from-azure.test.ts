import { afterAll, beforeAll, expect, test } from "vitest";
import { POST } from "@/app/api/v1/network/snapshots/from-azure/route";
import { readEventText } from "@/lib/audit/event";
import { TestBrowser } from "@/lib/auth/testing/browser";
import { startIssuer, type TestIssuer } from "@/lib/auth/testing/issuer";
import { signedIn } from "@/lib/auth/testing/signed-in";
import { db } from "@/lib/db/client";
import { testDatabase } from "@/lib/db/testing";
import { armOf, armTag, eastUs } from "../testing";

testDatabase();
const oid = "aaaaaaaa-0000-4000-8000-000000000001";
const subscription = "7b1f0c2e-1111-4222-8333-944445555666";
let issuer: TestIssuer;
beforeAll(async () => {
  issuer = await startIssuer(process.env.BINDERY_TENANT_ID ?? "", process.env.BINDERY_CLIENT_ID ?? "");
  await new TestBrowser(issuer).signIn({ oid, name: "Ada", roles: ["Administrator"] });
}, 120_000);
afterAll(() => issuer.close());

async function post(): Promise<{ status: number; body: { [key: string]: unknown } }> {
  const tid = process.env.BINDERY_TENANT_ID ?? "";
  const { cookie } = await signedIn({ oid, homeAccountId: `${oid}.${tid}`, name: "Ada", portalRoles: ["Administrator"] });
  const headers = { cookie, origin: "http://localhost:3000", "content-type": "application/json" };
  const body = JSON.stringify({ subscription, location: "EastUS" });
  const response = await POST(new Request("http://localhost:3000/", { method: "POST", headers, body }), { params: Promise.resolve({}) });
  return { status: response.status, body: (await response.json()) as { [key: string]: unknown } };
}
const asked: string[] = [];
function answerWith(text: string): void {
  issuer.arm = (_method, path) => {
    asked.push(path);
    return { status: 200, body: JSON.parse(text) as unknown };
  };
}
async function newest() {
  const event = await db().auditEvent.findFirst({ where: { subjectType: "service-tags" }, orderBy: { sequence: "desc" } });
  return readEventText(event?.event ?? "{}");
}

test("what ARM answers the person is imported, and names the subscription in the record alone", async () => {
  answerWith(armOf([armTag("AzureMachineLearning.EastUS", "eastus", eastUs)]));
  const { status, body } = await post();
  expect({ status, body }).toMatchObject({ status: 200, body: { isNew: true, isCurrent: true, changeNumber: 63 } });
  expect(asked.at(-1)).toContain(`/subscriptions/${subscription}/providers/Microsoft.Network/locations/eastus/serviceTags`);
  expect(await newest()).toMatchObject({
    action: "service-tags-imported",
    actor: { name: "Ada" },
    detail: { subscriptionId: subscription },
  });
});

test("an answer that is not sound is refused with its faults and entries, and is on record", async () => {
  answerWith(armOf([armTag("AzureMachineLearning.EastUS", "eastus", ["10.0.0.0/8"])]));
  const { status, body } = await post();
  expect(status).toBe(400);
  expect(body).toMatchObject({
    code: "invalid_input",
    faults: [{ entry: "AzureMachineLearning.EastUS", text: expect.stringContaining("Private-Use") }],
  });
  expect(await newest()).toMatchObject({ action: "service-tags-refused", outcome: "refused" });
  expect(await db().tagSnapshot.count()).toBe(1);
});
