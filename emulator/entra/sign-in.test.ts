import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { armAudience, clientId, kubernetesAudience, tenantId } from "../tenant/ids";
import { type Answer, send, type TestAzure, testAzure, until } from "../testing";
import { Browser } from "./testing";

let azure: TestAzure;
beforeAll(async () => void (azure = await testAzure()));
beforeEach(async () => void (await azure.control("POST", "/reset", {})));
afterAll(() => azure.end());

type Tokens = { access_token: string; refresh_token: string; id_token: string; client_info: string; expires_in: number };
const armScope = `${armAudience}/.default openid profile offline_access`;

async function signIn(person: string, more: Record<string, string> = {}, browser = new Browser(azure)): Promise<Tokens> {
  const { code, verifier } = await browser.signIn(person, more);
  const answer = await browser.token({
    grant_type: "authorization_code",
    code,
    code_verifier: verifier,
    redirect_uri: browser.redirectUri,
    scope: armScope,
  });
  expect(answer).toMatchObject({ status: 200 });
  return answer.body as Tokens;
}

function claimsOf(token: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString("utf8")) as Record<string, unknown>;
}

const refresh = (token: string, more: Record<string, string> = {}) =>
  new Browser(azure).token({ grant_type: "refresh_token", refresh_token: token, scope: armScope, ...more });
const problem = (answer: Answer) => answer.body as { error: string; error_codes: number[]; suberror?: string; claims?: string };

test("discovery names the issuer, the keys and a sign-in page on plain http", async () => {
  const browser = new Browser(azure);
  const found = (await browser.get(`https://localhost:${azure.port}/${tenantId}/v2.0/.well-known/openid-configuration`)).body as Record<
    string,
    string
  >;
  expect(found).toMatchObject({
    issuer: `https://localhost:${azure.port}/${tenantId}/v2.0`,
    authorization_endpoint: `http://127.0.0.1:${azure.authorizePort}/${tenantId}/oauth2/v2.0/authorize`,
    code_challenge_methods_supported: ["S256"],
  });
  const keys = (await browser.get(String(found.jwks_uri))).body as { keys: object[] };
  expect(keys.keys).toHaveLength(2);
});

test("a sign-in by code and PKCE gives an id_token with the person and the portal roles", async () => {
  const tokens = await signIn("Grace Kimani", { nonce: "n-1" });
  expect(claimsOf(tokens.id_token)).toMatchObject({
    aud: clientId,
    tid: tenantId,
    oid: "a0000008-5d1e-4c0a-9b10-000000000008",
    name: "Grace Kimani",
    preferred_username: "grace.kimani@contoso.example",
    roles: ["Requester", "Approver"],
    nonce: "n-1",
    ver: "2.0",
    acct: 0,
    amr: ["pwd"],
  });
  expect(JSON.parse(Buffer.from(tokens.client_info, "base64url").toString("utf8"))).toEqual({
    uid: "a0000008-5d1e-4c0a-9b10-000000000008",
    utid: tenantId,
  });
  expect(claimsOf(tokens.access_token)).toMatchObject({ aud: armAudience, scp: "user_impersonation", ver: "1.0", appid: clientId });
});

test("a code works once, only with its verifier and its address", async () => {
  const browser = new Browser(azure);
  const { code, verifier } = await browser.signIn("Ines Duarte");
  const grant = { grant_type: "authorization_code", code, redirect_uri: browser.redirectUri, scope: armScope };
  expect(problem(await browser.token({ ...grant, code_verifier: "another" }))).toMatchObject({
    error: "invalid_grant",
    error_codes: [501481],
  });
  expect(problem(await browser.token({ ...grant, code_verifier: verifier }))).toMatchObject({
    error: "invalid_grant",
    error_codes: [54005],
  });
});

test("one refresh token serves ARM and Kubernetes, stays valid after use, and not two at once", async () => {
  const tokens = await signIn("Priya Raghunathan");
  const kubernetes = await refresh(tokens.refresh_token, { scope: `${kubernetesAudience}/.default` });
  expect(claimsOf((kubernetes.body as Tokens).access_token)).toMatchObject({ aud: kubernetesAudience });
  const arm = (await refresh(tokens.refresh_token)).body as Tokens;
  expect(arm.refresh_token).not.toBe(tokens.refresh_token);
  expect((await refresh(tokens.refresh_token)).status).toBe(200);
  expect(problem(await refresh(tokens.refresh_token, { scope: `${armAudience}/.default ${kubernetesAudience}/.default` }))).toMatchObject({
    error_codes: [28000],
  });
  expect(problem(await refresh(tokens.refresh_token, { scope: "https://unknown.example/.default" }))).toMatchObject({
    error: "invalid_resource",
  });
});

test("a wrong secret, an unknown application and an unknown address are refused", async () => {
  const browser = new Browser(azure);
  expect(problem(await browser.token({ grant_type: "refresh_token", refresh_token: "x", client_secret: "wrong" }))).toMatchObject({
    error: "invalid_client",
    error_codes: [7000215],
  });
  expect(problem(await browser.token({ grant_type: "refresh_token", refresh_token: "x", client_id: "nobody" }))).toMatchObject({
    error: "unauthorized_client",
  });
  const page = await browser.open({ redirect_uri: "https://elsewhere.example/cb" });
  expect(page.status).toBe(400);
  expect(page.text).toContain("AADSTS50011");
});

test.each(["values", "value"] as const)(
  "a claims challenge (%s) leads over interaction_required and the page to a stronger token",
  async (form) => {
    await azure.control("POST", "/claims", { person: "Priya Raghunathan", acrs: ["p1"], form });
    const browser = new Browser(azure);
    const weak = await signIn("Priya Raghunathan", {}, browser);
    const write = (token: string) =>
      browser.get(
        `https://localhost:${azure.port}/subscriptions/x/resourceGroups/g/providers/Microsoft.ContainerService/managedClusters/c/trustedAccessRoleBindings/b?api-version=2026-04-01`,
        "DELETE",
        token,
      );
    const challenged = await write(weak.access_token);
    expect(challenged.status).toBe(401);
    const encoded = /error="insufficient_claims", claims="([^"]+)"/.exec(String(challenged.headers["www-authenticate"]))?.[1] ?? "";
    const claims = Buffer.from(encoded, "base64").toString("utf8");
    expect(JSON.parse(claims)).toEqual({
      access_token: { acrs: form === "values" ? { essential: true, values: ["p1"] } : { essential: true, value: "p1" } },
    });
    const refused = await refresh(weak.refresh_token, { claims });
    expect(problem(refused)).toMatchObject({ error: "interaction_required", error_codes: [50076], suberror: "basic_action", claims });
    const page = await browser.open({ claims, login_hint: "priya.raghunathan@contoso.example" });
    expect(page.text).toContain("Confirm it is you (multi-factor)");
    const { code, verifier } = await browser.signIn("Priya Raghunathan", { claims, login_hint: "priya.raghunathan@contoso.example" });
    const strong = (
      await browser.token({
        grant_type: "authorization_code",
        code,
        code_verifier: verifier,
        redirect_uri: browser.redirectUri,
        scope: armScope,
      })
    ).body as Tokens;
    expect(claimsOf(strong.access_token)).toMatchObject({ acrs: ["p1"], amr: ["pwd", "mfa"] });
    expect((await refresh(strong.refresh_token, { claims })).status).toBe(200);
    expect((await write(strong.access_token)).status).not.toBe(401);
  },
);

test("a session goes on silently for its person, and prompt=login asks again and moves auth_time", async () => {
  const browser = new Browser(azure);
  const first = claimsOf((await signIn("Ines Duarte", {}, browser)).id_token);
  const silent = await browser.open({ login_hint: "ines.duarte@contoso.example" });
  expect(silent.status).toBe(303);
  expect((await browser.open({ prompt: "none" })).headers.location).toContain("code=");
  expect((await browser.open({ prompt: "login", login_hint: "ines.duarte@contoso.example" })).text).toContain("Who do you want to be?");
  expect((await browser.open({ max_age: "0", login_hint: "ines.duarte@contoso.example" })).text).toContain("Who do you want to be?");
  await until("the next second", async () => (Date.now() / 1000 > Number(first.auth_time) + 1 ? true : null));
  const again = claimsOf((await signIn("Ines Duarte", { prompt: "login" }, browser)).id_token);
  expect(Number(again.auth_time)).toBeGreaterThan(Number(first.auth_time));
  expect((await new Browser(azure).open({ prompt: "none" })).headers.location).toContain("error=login_required");
});

test("a disabled person is refused on the page and at the next refresh", async () => {
  const browser = new Browser(azure);
  const page = await browser.choose("Yuki Tanaka");
  expect(page.text).toContain("AADSTS50057");
  const tokens = await signIn("Ines Duarte");
  await azure.control("POST", "/people", { person: "Ines Duarte", enabled: false });
  expect(problem(await refresh(tokens.refresh_token))).toMatchObject({ error: "invalid_grant", error_codes: [50057] });
});

test("revoked refresh tokens answer invalid_grant with bad_token, and revoked access tokens a challenge", async () => {
  const tokens = await signIn("Ines Duarte", { claims: '{"access_token":{"xms_cc":{"values":["cp1"]}}}' });
  await azure.control("POST", "/tokens/revoke", { person: "Ines Duarte", accessTokens: true });
  expect(problem(await refresh(tokens.refresh_token))).toMatchObject({ error: "invalid_grant", suberror: "bad_token" });
});

test("a guest is marked, and over 200 groups are named by reference only", async () => {
  expect(claimsOf((await signIn("Mara Lindqvist")).id_token)).toMatchObject({ acct: 1, idp: "https://sts.fabrikam.example/" });
  const tokens = await signIn("Aisha Rahman");
  const claims = claimsOf(tokens.id_token) as {
    groups?: unknown;
    _claim_names: { groups: string };
    _claim_sources: { src1: { endpoint: string } };
  };
  expect(claims.groups).toBeUndefined();
  expect(claims._claim_names).toEqual({ groups: "src1" });
  const groups = await new Browser(azure).get(claims._claim_sources.src1.endpoint, "POST", tokens.access_token);
  expect((groups.body as { value: string[] }).value.length).toBeGreaterThan(200);
});

test("a rotation changes the signing key and publishes the old one until the next; a drop takes it at once", async () => {
  const jwks = async () => (await new Browser(azure).get(`https://localhost:${azure.port}/${tenantId}/discovery/v2.0/keys`)).text;
  const signIns = async () => {
    const tokens = await signIn("Ines Duarte");
    return (JSON.parse(Buffer.from(tokens.id_token.split(".")[0] ?? "", "base64url").toString("utf8")) as { kid: string }).kid;
  };
  const first = await signIns();
  await azure.control("POST", "/keys/rotate", {});
  const second = await signIns();
  expect(second).not.toBe(first);
  expect(await jwks()).toContain(first);
  await azure.control("POST", "/keys/rotate", {});
  expect(await jwks()).not.toContain(first);
  const third = await signIns();
  await azure.control("POST", "/keys/rotate", { drop: true });
  expect(await jwks()).not.toContain(third);
});

test("sign-out forgets the browser's session and returns to the portal only", async () => {
  const browser = new Browser(azure);
  await signIn("Ines Duarte", {}, browser);
  const out = await browser.get(
    `http://127.0.0.1:${azure.authorizePort}/${tenantId}/oauth2/v2.0/logout?post_logout_redirect_uri=${encodeURIComponent("http://localhost:3000/")}`,
  );
  expect(out).toMatchObject({ status: 303, headers: { location: "http://localhost:3000/" } });
  expect((await browser.open({ prompt: "none" })).headers.location).toContain("login_required");
  const elsewhere = await browser.get(
    `http://127.0.0.1:${azure.authorizePort}/${tenantId}/oauth2/v2.0/logout?post_logout_redirect_uri=${encodeURIComponent("http://evil.example/")}`,
  );
  expect(elsewhere.status).toBe(200);
});

test("the page is served to this machine's names only, and its form to itself only", async () => {
  const where = `http://127.0.0.1:${azure.authorizePort}/${tenantId}/oauth2/v2.0/authorize`;
  expect((await send(where, "GET", { host: "evil.example" })).status).toBe(421);
  const crossed = await send(where, "POST", { origin: "https://evil.example" }, "choice=person");
  expect(crossed.text).toContain("another site");
});
