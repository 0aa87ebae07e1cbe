import { generateKeyPair } from "jose";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { db } from "@/lib/db/client";
import { testDatabase } from "@/lib/db/testing";
import { moveClock, now } from "@/lib/kernel/clock";
import { isBinderyError } from "@/lib/kernel/errors";
import type { Actor } from "./actor";
import { callerFor, freshRoles } from "./caller";
import { signOut } from "./sign-out";
import { signInStep } from "./steps";
import { TestBrowser } from "./testing/browser";
import { startIssuer, type TestIssuer } from "./testing/issuer";

testDatabase();
const tenant = process.env.BINDERY_TENANT_ID ?? "";
let issuer: TestIssuer;

const dana = {
  oid: "aaaaaaaa-0000-4000-8000-000000000001",
  name: "Dana Ito",
  preferred_username: "dana@contoso.example",
  roles: ["Approver"],
  auth_time: 0,
};
const sam = {
  oid: "aaaaaaaa-0000-4000-8000-000000000002",
  name: "Sam Osei",
  preferred_username: "sam@contoso.example",
  roles: ["Requester"],
};

beforeAll(async () => {
  issuer = await startIssuer(tenant, process.env.BINDERY_CLIENT_ID ?? "");
});
afterAll(() => issuer.close());
beforeEach(async () => {
  await db().session.deleteMany();
  issuer.forge = {};
  issuer.calls.length = 0;
  issuer.renewWith({});
  dana.auth_time = Math.floor(now().getTime() / 1000);
});
afterEach(() => moveClock(0));

const lastAudit = async (): Promise<{ action: string; outcome: string; event: Record<string, unknown>; actorOid: string | null }> => {
  const row = await db().auditEvent.findFirstOrThrow({ orderBy: { sequence: "desc" } });
  return { action: row.action, outcome: row.outcome, actorOid: row.actorOid, event: JSON.parse(row.event) as Record<string, unknown> };
};

describe("signing in", () => {
  test("asks Entra with PKCE, state and nonce, and comes back to the page that was wanted", async () => {
    const browser = new TestBrowser(issuer);
    const asked = new URL(await browser.go("sign-in", { returnTo: "/requests?view=mine" }));
    expect(asked.origin + asked.pathname).toBe(`${issuer.origin}/${tenant}/oauth2/v2.0/authorize`);
    expect(Object.fromEntries(asked.searchParams)).toMatchObject({
      response_type: "code",
      response_mode: "query",
      code_challenge_method: "S256",
      redirect_uri: "http://localhost:3000/api/auth/callback",
    });
    expect(asked.searchParams.get("scope")).toContain("https://management.azure.com/.default");
    expect(asked.searchParams.get("prompt")).toBeNull();
    expect(await browser.go("callback", issuer.answer(asked.href, dana))).toBe("http://localhost:3000/requests?view=mine");
    expect(await browser.actor()).toMatchObject({
      oid: dana.oid,
      tid: tenant,
      name: "Dana Ito",
      portalRoles: ["Approver"],
      personKey: dana.oid,
    });
    expect((await browser.actor())?.authTime.getTime()).toBe(dana.auth_time * 1000);
    expect(await lastAudit()).toMatchObject({ action: "sign-in", outcome: "ok", actorOid: dana.oid });
  });

  test("keeps the tokens sealed, and in no cookie", async () => {
    const browser = new TestBrowser(issuer);
    await browser.signIn(sam);
    const row = await db().tokenCache.findUniqueOrThrow({ where: { homeAccountId: `${sam.oid}.${tenant}` } });
    expect(row.sealed).not.toContain("access-");
    expect([...browser.jar.keys()].sort()).toEqual(["bindery", "bindery-flow"]);
    for (const value of browser.jar.values()) expect(value).toMatch(/^[A-Za-z0-9_-]{43}$/);
  });

  test("without a portal role succeeds; what such a person may see is decided elsewhere", async () => {
    const browser = new TestBrowser(issuer);
    const { roles: _roles, ...nobody } = { ...sam, oid: "aaaaaaaa-0000-4000-8000-000000000003" };
    expect(await browser.signIn(nobody)).toBe("http://localhost:3000/");
    expect((await browser.actor())?.portalRoles).toEqual([]);
  });

  test("never returns to another site", async () => {
    expect(await new TestBrowser(issuer).signIn(sam, { returnTo: "https://evil.example/" })).toBe("http://localhost:3000/");
    expect(await new TestBrowser(issuer).signIn(sam, { returnTo: "//evil.example/" })).toBe("http://localhost:3000/");
  });

  test("ends the session that the same browser had before, so that a planted one is worth nothing", async () => {
    const browser = new TestBrowser(issuer);
    await browser.signIn(sam);
    const planted = new TestBrowser(issuer);
    planted.jar.set("bindery", browser.jar.get("bindery") ?? "");
    await browser.signIn(sam);
    expect(await planted.actor()).toBeNull();
    expect(await browser.actor()).not.toBeNull();
  });

  test("begun at another name of this computer begins again where Entra comes back to", async () => {
    const request = new Request("http://127.0.0.1:3000/api/auth/sign-in?returnTo=%2Fruns", { headers: { host: "127.0.0.1:3000" } });
    const response = await signInStep("sign-in", request);
    expect(response.headers.get("location")).toBe("http://localhost:3000/api/auth/sign-in?returnTo=%2Fruns");
  });

  test("of an unknown step is not found", async () => {
    for (const step of ["constructor", "sign-out", "__proto__", ""]) {
      expect((await signInStep(step, new Request("http://localhost:3000/api/auth/x"))).status).toBe(404);
    }
  });
});

describe("a sign-in is refused", () => {
  const refused = (code: string): string => `http://localhost:3000/sign-in?error=${code}`;

  test("when the state is unknown, used twice, of another browser, or older than ten minutes", async () => {
    const browser = new TestBrowser(issuer);
    const answer = issuer.answer(await browser.go("sign-in"), sam);
    expect(await new TestBrowser(issuer).go("callback", answer)).toBe(refused("state"));
    const thief = new TestBrowser(issuer);
    await thief.go("sign-in");
    expect(await thief.go("callback", answer)).toBe(refused("state"));
    expect(await thief.actor()).toBeNull();
    expect(await browser.go("callback", answer)).toBe("http://localhost:3000/");
    expect(await browser.go("callback", answer)).toBe(refused("state"));
    const slow = issuer.answer(await browser.go("sign-in"), sam);
    moveClock(11 * 60_000);
    expect(await browser.go("callback", slow)).toBe(refused("state"));
    expect(await lastAudit()).toMatchObject({ action: "sign-in-refused", outcome: "refused", actorOid: null });
  });

  test("when the code was begun by somebody else's PKCE challenge", async () => {
    const browser = new TestBrowser(issuer);
    const mine = issuer.answer(await browser.go("sign-in"), sam);
    const other = issuer.answer(await new TestBrowser(issuer).go("sign-in"), dana);
    mine.set("code", other.get("code") ?? "");
    expect(await browser.go("callback", mine)).toBe(refused("state"));
    expect(await browser.actor()).toBeNull();
  });

  test.each([
    ["a token of another issuer", () => ({ issuer: `https://sts.example/${tenant}/v2.0` }), "tenant"],
    ["a token for another application", () => ({ audience: "99999999-9999-4999-8999-999999999999" }), "state"],
  ])("when Entra's answer carries %s", async (_what, forged, code) => {
    const browser = new TestBrowser(issuer);
    issuer.forge = forged();
    expect(await browser.signIn(sam)).toBe(refused(code));
    expect(await browser.actor()).toBeNull();
  });

  test("when the id_token is signed by another key", async () => {
    issuer.forge = { key: (await generateKeyPair("RS256")).privateKey };
    expect(await new TestBrowser(issuer).signIn(sam)).toBe(refused("state"));
  });

  test("when the token names another tenant", async () => {
    expect(await new TestBrowser(issuer).signIn({ ...sam, tid: "33333333-3333-4333-8333-333333333333" })).toBe(refused("tenant"));
  });

  test.each([
    ["acct says so", { acct: 1 }],
    ["another provider proved them", { idp: "https://sts.windows.net/33333333-3333-4333-8333-333333333333/" }],
    ["the user name has the form of a guest's", { preferred_username: "lee_fabrikam.example#EXT#@contoso.example" }],
  ])("for a guest, whose tokens are not kept: %s", async (_how, mark) => {
    const guest = { ...sam, oid: "aaaaaaaa-0000-4000-8000-00000000000a", ...mark };
    expect(await new TestBrowser(issuer).signIn(guest)).toBe(refused("guest"));
    expect(await db().tokenCache.count({ where: { homeAccountId: { startsWith: guest.oid } } })).toBe(0);
    expect(await db().auditEvent.count({ where: { action: "sign-in-refused", actorOid: guest.oid } })).toBe(1);
  });

  test.each([
    ["access_denied", "AADSTS65004: User declined to consent.", "denied"],
    ["access_denied", "AADSTS50105: The user is not assigned to a role.", "denied"],
    ["access_denied", "AADSTS50057: The user account is disabled.", "disabled"],
    ["temporarily_unavailable", "AADSTS90033: A transient error.", "unavailable"],
  ])("when Entra says %s (%s)", async (error, error_description, code) => {
    const browser = new TestBrowser(issuer);
    const state = new URL(await browser.go("sign-in")).searchParams.get("state") ?? "";
    expect(await browser.go("callback", { error, error_description, state })).toBe(refused(code));
  });

  test("when Entra refuses Bindery itself, or does not answer", async () => {
    const browser = new TestBrowser(issuer);
    const answer = issuer.answer(await browser.go("sign-in"), sam);
    issuer.failNext({ status: 401, error: "invalid_client", description: "AADSTS7000215: Invalid client secret provided." });
    expect(await browser.go("callback", answer)).toBe(refused("unavailable"));
  });
});

describe("a step-up", () => {
  test("asks the same person for what is wanted, and renews the session", async () => {
    const browser = new TestBrowser(issuer);
    await browser.signIn(dana);
    const before = await browser.actor();
    const asked = new URL(await browser.go("step-up", { context: "c1", fresh: "true", returnTo: "/requests/7" })).searchParams;
    expect(asked.get("login_hint")).toBe(dana.preferred_username);
    expect(asked.get("prompt")).toBe("login");
    expect(JSON.parse(asked.get("claims") ?? "{}")).toMatchObject({ id_token: { acrs: { essential: true, value: "c1" } } });
    const answer = issuer.answer(`http://x/?${asked}`, { ...dana, acrs: ["c1"], amr: ["pwd", "mfa"] });
    expect(await browser.go("callback", answer)).toBe("http://localhost:3000/requests/7");
    const after = await browser.actor();
    expect(after).toMatchObject({ acrs: ["c1"], amr: ["pwd", "mfa"] });
    expect(after?.sessionId).not.toBe(before?.sessionId);
  });

  test("answered by another person is refused, and the first one stays signed in", async () => {
    const browser = new TestBrowser(issuer);
    await browser.signIn(dana);
    expect(await browser.go("callback", issuer.answer(await browser.go("step-up"), sam))).toBe(
      "http://localhost:3000/sign-in?error=person",
    );
    expect((await browser.actor())?.oid).toBe(dana.oid);
  });

  test("passes a claims challenge on as it is, and no other text", async () => {
    const browser = new TestBrowser(issuer);
    await browser.signIn(dana);
    const challenge = '{"access_token":{"acrs":{"essential":true,"value":"p1"}}}';
    const passed = new URL(await browser.go("step-up", { claims: challenge })).searchParams.get("claims");
    expect(passed).toContain('"acrs":{"essential":true,"value":"p1"}');
    const odd = new URL(await browser.go("step-up", { claims: "&prompt=none" })).searchParams;
    expect(odd.get("claims") ?? "").not.toContain("prompt");
  });

  test("of nobody is a plain sign-in", async () => {
    const asked = new URL(await new TestBrowser(issuer).go("step-up", { context: "c1" })).searchParams;
    expect(asked.get("login_hint")).toBeNull();
  });
});

describe("a time of sign-in that Entra does not tell", () => {
  const { auth_time: _untold, ...silent } = dana;

  test("counts as long ago, so that no policy takes it for fresh", async () => {
    const browser = new TestBrowser(issuer);
    await browser.signIn(silent);
    expect((await browser.actor())?.authTime.getTime()).toBe(0);
  });

  test("stays so when the credentials were asked for anew, since a browser can take that wish out of the address", async () => {
    const browser = new TestBrowser(issuer);
    await browser.signIn(silent);
    await browser.go("callback", issuer.answer(await browser.go("step-up", { fresh: "true" }), silent));
    expect((await browser.actor())?.authTime.getTime()).toBe(0);
  });
});

describe("calling Azure as the signed-in person", () => {
  const signedIn = async (claims: Record<string, unknown>): Promise<Actor> => {
    const browser = new TestBrowser(issuer);
    await browser.signIn(claims);
    const actor = await browser.actor();
    if (actor === null) throw new Error("not signed in");
    issuer.calls.length = 0;
    return actor;
  };
  const scope = "https://management.azure.com/.default";

  test("uses the kept token without asking Entra", async () => {
    const actor = await signedIn(dana);
    expect((await callerFor(actor).getToken(scope)).token).toMatch(/^access-/);
    expect(issuer.calls).toEqual([]);
  });

  test("renews for a claims challenge, and says sign-in needed with those claims when Entra wants the person", async () => {
    const actor = await signedIn(dana);
    const claims = '{"access_token":{"acrs":{"essential":true,"value":"p1"}}}';
    issuer.failNext({ status: 400, error: "interaction_required", suberror: "basic_action", description: "AADSTS50076: MFA is needed." });
    const error = await callerFor(actor)
      .getToken([scope], { claims })
      .catch((thrown: unknown) => thrown);
    expect(isBinderyError(error, "sign_in_needed") && error.facts.claims).toBe(claims);
    expect(isBinderyError(error) && error.facts.azureCode).toBe("AADSTS50076");
    expect((await callerFor(actor).getToken([scope], { claims })).token).toMatch(/^access-/);
  });

  test("renews one after the other when five calls at once need a token of their own, and keeps the last", async () => {
    const actor = await signedIn(dana);
    const caller = callerFor(actor);
    const claims = '{"access_token":{"xms":{"essential":true}}}';
    const tokens = await Promise.all(Array.from({ length: 5 }, () => caller.getToken(scope, { claims })));
    expect(new Set(tokens.map((token) => token.token)).size).toBe(5);
    expect((await callerFor(actor).getToken(scope)).token).toBe(tokens.at(-1)?.token);
  });

  test("says sign-in needed when the grant was revoked or the tokens are gone, and unavailable when Entra is down", async () => {
    const actor = await signedIn(dana);
    issuer.failNext({ status: 400, error: "invalid_grant", suberror: "bad_token", description: "AADSTS50173: The grant was revoked." });
    await expect(freshRoles(actor)).rejects.toSatisfy((error) => isBinderyError(error, "sign_in_needed"));
    const again = await signedIn(dana);
    issuer.failNext({ status: 503, error: "temporarily_unavailable", description: "AADSTS90033: A transient error." });
    await expect(freshRoles(again)).rejects.toSatisfy((error) => isBinderyError(error, "azure_unavailable"));
    await db().tokenCache.deleteMany();
    await expect(callerFor(actor).getToken(scope)).rejects.toSatisfy((error) => isBinderyError(error, "sign_in_needed"));
  });

  test("reads portal roles from a token that Entra gives out now, not from the session", async () => {
    const actor = await signedIn(dana);
    issuer.renewWith({ roles: ["Auditor"], acrs: ["c1"] });
    expect(await freshRoles(actor)).toMatchObject({ portalRoles: ["Auditor"], acrs: ["c1"], authTime: new Date(dana.auth_time * 1000) });
    expect(issuer.calls).toHaveLength(1);
    expect(issuer.calls[0]).toMatchObject({ grant_type: "refresh_token" });
  });
});

describe("signing out", () => {
  test("ends the session, deletes the tokens and names Entra's own sign-out", async () => {
    const browser = new TestBrowser(issuer);
    await browser.signIn(sam);
    const actor = await browser.actor();
    const { navigateTo } = await signOut(actor!, { everywhere: false, stopRuns: [] });
    expect(navigateTo).toMatch(new RegExp(`^${issuer.origin}/${tenant}/oauth2/v2.0/logout\\?`));
    expect(new URL(navigateTo).searchParams.get("post_logout_redirect_uri")).toBe("http://localhost:3000/");
    expect(await browser.actor()).toBeNull();
    expect(await db().tokenCache.count({ where: { homeAccountId: actor!.homeAccountId } })).toBe(0);
    expect(await lastAudit()).toMatchObject({ action: "sign-out", actorOid: sam.oid });
  });

  test("leaves the tokens while the person is signed in elsewhere, and everywhere ends all of it", async () => {
    const [desk, phone] = [new TestBrowser(issuer), new TestBrowser(issuer)];
    await desk.signIn(sam);
    await phone.signIn(sam);
    const tokens = (): Promise<number> => db().tokenCache.count({ where: { homeAccountId: `${sam.oid}.${tenant}` } });
    await signOut((await desk.actor())!, { everywhere: false, stopRuns: [] });
    expect([await tokens(), await desk.actor()]).toEqual([1, null]);
    await desk.signIn(sam);
    await signOut((await phone.actor())!, { everywhere: true, stopRuns: [] });
    expect([await tokens(), await desk.actor(), await phone.actor()]).toEqual([0, null, null]);
  });
});
