import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { testDatabase } from "@/lib/db/testing";
import { isBinderyError } from "@/lib/kernel/errors";
import type { Actor } from "./actor";
import { freshActor } from "./fresh-actor";
import { TestBrowser } from "./testing/browser";
import { startIssuer, type TestIssuer } from "./testing/issuer";

// Set before the settings are read for the first time.
process.env.BINDERY_PERSON_CLAIM = "employeeid";

testDatabase();
let issuer: TestIssuer;
beforeAll(async () => {
  issuer = await startIssuer(process.env.BINDERY_TENANT_ID ?? "", process.env.BINDERY_CLIENT_ID ?? "");
});
afterAll(() => issuer.close());
beforeEach(() => issuer.renewWith({}));

async function signIn(claims: Record<string, unknown>): Promise<Actor> {
  const browser = new TestBrowser(issuer);
  await browser.signIn(claims);
  const actor = await browser.actor();
  if (actor === null) throw new Error("not signed in");
  return actor;
}

const dana = {
  oid: "aaaaaaaa-0000-4000-8000-000000000001",
  name: "Dana Ito",
  preferred_username: "dana@contoso.example",
  roles: ["Requester"],
};
const danaAdmin = { ...dana, oid: "aaaaaaaa-0000-4000-8000-000000000002", preferred_username: "adm-dana@contoso.example" };

describe("with a claim that joins the accounts of a person", () => {
  test("two accounts with the same value are one person, of another value two", async () => {
    const [first, second, other] = [
      await signIn({ ...dana, employeeid: "E-7" }),
      await signIn({ ...danaAdmin, employeeid: "E-7" }),
      await signIn({ ...danaAdmin, employeeid: "E-8" }),
    ];
    expect(second.personKey).toBe(first.personKey);
    expect(other.personKey).not.toBe(first.personKey);
    expect(second.oid).not.toBe(first.oid);
  });

  test("an account whose token lacks it may sign in, but neither ask nor decide, since nobody can say who it is", async () => {
    for (const lacking of [{}, { employeeid: "" }, { employeeid: 7 }]) {
      const actor = await signIn({ ...dana, ...lacking });
      const refused = await freshActor(actor).catch((error: unknown) => error);
      expect(isBinderyError(refused, "forbidden") && refused.message).toContain("employeeid");
    }
  });

  test("the value counts that Entra tells now, not that of the sign-in", async () => {
    const actor = await signIn({ ...dana, employeeid: "E-7" });
    issuer.renewWith({ employeeid: "E-9", roles: ["Approver"] });
    const fresh = await freshActor(actor);
    expect(fresh.personKey).toBe("employeeid:E-9");
    expect(fresh.portalRoles).toEqual(["Approver"]);
    expect(fresh.sessionId).toBe(actor.sessionId);
  });

  test("a value that looks like an account's id is never taken for that account", async () => {
    const actor = await signIn({ ...danaAdmin, employeeid: dana.oid });
    expect(actor.personKey).not.toBe(dana.oid);
  });
});
