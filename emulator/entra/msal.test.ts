import { readFileSync } from "node:fs";
import { Agent } from "node:https";
import {
  ConfidentialClientApplication,
  type INetworkModule,
  InteractionRequiredAuthError,
  type NetworkRequestOptions,
  type NetworkResponse,
} from "@azure/msal-node";
import { exportJWK, generateKeyPair, SignJWT } from "jose";
import { afterAll, beforeAll, expect, test } from "vitest";
import { armAudience, clientId, kubernetesAudience, tenantId } from "../tenant/ids";
import { send, type TestAzure, testAzure } from "../testing";
import { Browser } from "./testing";

let azure: TestAzure;
beforeAll(async () => void (azure = await testAzure()));
afterAll(() => azure.end());

const scope = `${armAudience}/.default`;
const claims = '{"access_token":{"acrs":{"essential":true,"values":["c1"]}}}';

/** MSAL's own network client trusts what NODE_EXTRA_CA_CERTS named at the start; a test process has no such name. */
function network(): INetworkModule {
  const agent = new Agent({ ca: readFileSync(azure.caFile) });
  const ask = async <T>(url: string, method: string, options?: NetworkRequestOptions): Promise<NetworkResponse<T>> => {
    const answer = await send(url, method, options?.headers ?? {}, options?.body, agent);
    return { status: answer.status, headers: answer.headers as Record<string, string>, body: answer.body as T };
  };
  return {
    sendGetRequestAsync: (url, options) => ask(url, "GET", options),
    sendPostRequestAsync: (url, options) => ask(url, "POST", options),
  };
}

function application(auth: { clientSecret: string } | { clientAssertion: () => Promise<string> }): ConfidentialClientApplication {
  const authority = `https://localhost:${azure.port}/${tenantId}`;
  return new ConfidentialClientApplication({
    auth: { clientId, authority, knownAuthorities: [`localhost:${azure.port}`], clientCapabilities: ["cp1"], ...auth },
    system: { networkClient: network() },
  });
}

async function signIn(app: ConfidentialClientApplication, person: string, more: Record<string, string> = {}) {
  const browser = new Browser(azure);
  const { code, verifier, location } = await browser.signIn(person, { nonce: "n-1", ...more });
  const answer = {
    code,
    state: location.searchParams.get("state") ?? "",
    nonce: "n-1",
    client_info: location.searchParams.get("client_info") ?? "",
  };
  return app.acquireTokenByCode(
    { code, scopes: [scope], redirectUri: browser.redirectUri, codeVerifier: verifier, state: "s-1", nonce: "n-1" },
    answer,
  );
}

test("MSAL signs in, refreshes silently for two resources, and reports a step-up as interaction required", async () => {
  const app = application({ clientSecret: azure.environment.BINDERY_CLIENT_SECRET ?? "" });
  const result = await signIn(app, "Priya Raghunathan");
  expect(result?.account).toMatchObject({
    homeAccountId: `a0000003-5d1e-4c0a-9b10-000000000003.${tenantId}`,
    username: "priya.raghunathan@contoso.example",
  });
  const account = result?.account;
  if (account === null || account === undefined) throw new Error("There is no account.");
  expect((await app.acquireTokenSilent({ account, scopes: [scope] }))?.fromCache).toBe(true);
  const kubernetes = await app.acquireTokenSilent({ account, scopes: [`${kubernetesAudience}/.default`] });
  expect(kubernetes?.fromCache).toBe(false);
  expect(JSON.parse(Buffer.from(kubernetes?.accessToken.split(".")[1] ?? "", "base64url").toString("utf8"))).toMatchObject({
    aud: kubernetesAudience,
    xms_cc: ["cp1"],
  });
  const refused = await app.acquireTokenSilent({ account, scopes: [scope], claims }).catch((cause: unknown) => cause);
  expect(refused).toBeInstanceOf(InteractionRequiredAuthError);
  expect(refused).toMatchObject({ errorCode: "interaction_required", subError: "basic_action", errorNo: 50076 });
  const stronger = await signIn(app, "Priya Raghunathan", { claims, login_hint: account.username });
  expect(JSON.parse(Buffer.from(stronger?.accessToken.split(".")[1] ?? "", "base64url").toString("utf8"))).toMatchObject({ acrs: ["c1"] });
});

test("MSAL is told of revoked refresh tokens as invalid_grant", async () => {
  const app = application({ clientSecret: azure.environment.BINDERY_CLIENT_SECRET ?? "" });
  const result = await signIn(app, "Ines Duarte");
  const account = result?.account;
  if (account === null || account === undefined) throw new Error("There is no account.");
  await azure.control("POST", "/tokens/revoke", { person: "Ines Duarte" });
  const refused = await app.acquireTokenSilent({ account, scopes: [scope], forceRefresh: true }).catch((cause: unknown) => cause);
  expect(refused).toMatchObject({ errorCode: "invalid_grant", subError: "bad_token" });
});

test("an application may prove itself by a registered key, with a clock that is a little ahead, and by no other", async () => {
  const { privateKey, publicKey } = await generateKeyPair("RS256");
  const stranger = await generateKeyPair("RS256");
  await azure.control("POST", "/client-keys", { jwk: { ...(await exportJWK(publicKey)), kid: "key-1", alg: "RS256" } });
  const assertionBy =
    (key: typeof privateKey, notBefore = "0s") =>
    () =>
      new SignJWT({ jti: crypto.randomUUID() })
        .setProtectedHeader({ alg: "RS256", kid: "key-1" })
        .setIssuer(clientId)
        .setSubject(clientId)
        .setAudience(`https://localhost:${azure.port}/${tenantId}/oauth2/v2.0/token`)
        .setNotBefore(notBefore)
        .setExpirationTime("20m")
        .sign(key);
  expect((await signIn(application({ clientAssertion: assertionBy(privateKey) }), "Ines Duarte"))?.accessToken).toContain(".");
  expect((await signIn(application({ clientAssertion: assertionBy(privateKey, "2s") }), "Ines Duarte"))?.accessToken).toContain(".");
  const refused = { errorCode: "invalid_client" };
  await expect(signIn(application({ clientAssertion: assertionBy(privateKey, "10m") }), "Ines Duarte")).rejects.toMatchObject(refused);
  await expect(signIn(application({ clientAssertion: assertionBy(stranger.privateKey) }), "Ines Duarte")).rejects.toMatchObject(refused);
});
