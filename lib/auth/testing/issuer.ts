import { createHash, randomUUID, webcrypto } from "node:crypto";
import { mkdtempSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
// The X.509 library asks for it when it is loaded.
import "reflect-metadata";
import { cryptoProvider, PemConverter, SubjectAlternativeNameExtension, X509CertificateGenerator } from "@peculiar/x509";
import { type CryptoKey as JoseKey, exportJWK, generateKeyPair, SignJWT } from "jose";
import { Agent, setGlobalDispatcher } from "undici";
import { knownClouds } from "@/lib/azure/cloud";

type Claims = Record<string, unknown>;
type Code = { claims: Claims; challenge: string | null; nonce: string | null; redirectUri: string | null };
/** What the token endpoint was asked. */
export type TokenCall = Record<string, string>;

/** For tests: an Entra of one tenant, over https with a certificate of its own that this process trusts from then on. */
export type TestIssuer = {
  origin: string;
  /** Plays the person who signs in at the authorize address: gives the query that Entra would send to the callback. */
  answer(authorizeUrl: string, claims: Claims): URLSearchParams;
  /** What a renewal says from now on, beside what the sign-in said. */
  renewWith(claims: Claims): void;
  /** The next call of the token endpoint is answered with this error. */
  failNext(error: { status: number; error: string; description: string; suberror?: string; claims?: string }): void;
  /** Replaces issuer or signing of the tokens, for attacks. */
  forge: { issuer?: string; key?: JoseKey; audience?: string };
  calls: TokenCall[];
  /** Answers ARM, which stands on the same address; nothing exists there unless told. */
  arm(method: string, path: string, body: string): { status: number; body: unknown };
  close(): Promise<void>;
};

/** Starts the issuer and points BINDERY_CLOUD_FILE at it. Call before the first `settings()` or `cloud()` of the test file. */
export async function startIssuer(tenant: string, client: string): Promise<TestIssuer> {
  const { key, cert } = await certificate();
  const signing = await generateKeyPair("RS256", { extractable: true });
  const jwk = { ...(await exportJWK(signing.publicKey)), kid: "one", use: "sig", alg: "RS256" };
  const codes = new Map<string, Code>();
  const refresh = new Map<string, Claims>();
  let renewed: Claims = {};
  let failure: Parameters<TestIssuer["failNext"]>[0] | undefined;
  const issuer: TestIssuer = {
    origin: "",
    calls: [],
    forge: {},
    arm: () => ({ status: 404, body: { error: { code: "ResourceNotFound", message: "There is no such resource." } } }),
    answer(authorizeUrl, claims) {
      const asked = new URL(authorizeUrl).searchParams;
      const code = randomUUID();
      codes.set(code, {
        claims,
        challenge: asked.get("code_challenge"),
        nonce: asked.get("nonce"),
        redirectUri: asked.get("redirect_uri"),
      });
      return new URLSearchParams({ code, state: asked.get("state") ?? "", client_info: clientInfo(claims, tenant) });
    },
    renewWith: (claims) => void (renewed = claims),
    failNext: (error) => void (failure = error),
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
  const server = createServer({ key, cert }, (request, response) => {
    void (async () => {
      let text = "";
      for await (const chunk of request) text += String(chunk);
      const answered = await answerTo(request.method ?? "", request.url ?? "", text);
      response.writeHead(answered.status, { "content-type": "application/json" }).end(JSON.stringify(answered.body));
    })();
  });
  async function answerTo(method: string, url: string, text: string): Promise<{ status: number; body: unknown }> {
    if (url.includes("/.well-known/openid-configuration")) return { status: 200, body: discovery(issuer.origin, tenant) };
    if (url.includes("/discovery/v2.0/keys")) return { status: 200, body: { keys: [jwk] } };
    if (!url.includes("/oauth2/v2.0/token")) return issuer.arm(method, url, text);
    const asked = Object.fromEntries(new URLSearchParams(text));
    issuer.calls.push(asked);
    if (failure !== undefined) {
      const { status, error, description, suberror, claims } = failure;
      failure = undefined;
      return { status, body: { error, error_description: description, suberror, claims, error_codes: [] } };
    }
    const granted = grant(asked);
    if (granted === null)
      return { status: 400, body: { error: "invalid_grant", error_description: "AADSTS70008: The code or token is not valid." } };
    return { status: 200, body: await tokens(granted.claims, granted.nonce) };
  }
  function grant(asked: TokenCall): { claims: Claims; nonce: string | null } | null {
    if (asked.grant_type === "refresh_token") {
      const claims = refresh.get(asked.refresh_token ?? "");
      return claims === undefined ? null : { claims: { ...claims, ...renewed }, nonce: null };
    }
    const code = codes.get(asked.code ?? "");
    codes.delete(asked.code ?? "");
    const verified =
      createHash("sha256")
        .update(asked.code_verifier ?? "")
        .digest("base64url") === code?.challenge;
    return code === undefined || !verified || code.redirectUri !== asked.redirect_uri ? null : { claims: code.claims, nonce: code.nonce };
  }
  async function tokens(claims: Claims, nonce: string | null): Promise<unknown> {
    const token = randomUUID();
    refresh.set(token, claims);
    const idToken = await new SignJWT({ tid: tenant, ver: "2.0", ...(nonce === null ? {} : { nonce }), ...claims })
      .setProtectedHeader({ alg: "RS256", kid: "one" })
      .setIssuer(issuer.forge.issuer ?? `${issuer.origin}/${tenant}/v2.0`)
      .setAudience(issuer.forge.audience ?? client)
      .setSubject("a subject")
      .setIssuedAt()
      .setExpirationTime("1h")
      .sign(issuer.forge.key ?? signing.privateKey);
    const scope = "https://management.azure.com/user_impersonation https://management.azure.com/.default";
    const times = { expires_in: 3600, ext_expires_in: 3600, token_type: "Bearer" };
    return {
      ...times,
      scope,
      access_token: `access-${token}`,
      refresh_token: token,
      id_token: idToken,
      client_info: clientInfo(claims, tenant),
    };
  }
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  issuer.origin = `https://localhost:${portOf(server)}`;
  setGlobalDispatcher(new Agent({ connect: { ca: cert } }));
  process.env.BINDERY_CLOUD_FILE = cloudFile(issuer.origin, cert);
  return issuer;
}

type Algorithm = { name: string; hash: string; namedCurve?: string; modulusLength?: number; publicExponent?: Uint8Array };
const ecdsa: Algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };

const portOf = (server: Server): number => (server.address() as AddressInfo).port;

function clientInfo(claims: Claims, tenant: string): string {
  return Buffer.from(JSON.stringify({ uid: claims.oid, utid: tenant })).toString("base64url");
}

function discovery(origin: string, tenant: string): unknown {
  return {
    issuer: `${origin}/${tenant}/v2.0`,
    authorization_endpoint: `${origin}/${tenant}/oauth2/v2.0/authorize`,
    token_endpoint: `${origin}/${tenant}/oauth2/v2.0/token`,
    end_session_endpoint: `${origin}/${tenant}/oauth2/v2.0/logout`,
    jwks_uri: `${origin}/${tenant}/discovery/v2.0/keys`,
    response_modes_supported: ["query"],
  };
}

function cloudFile(origin: string, cert: string): string {
  const folder = mkdtempSync(join(tmpdir(), "bindery-cloud-"));
  const [file, caFile] = [join(folder, "cloud.json"), join(folder, "ca.pem")];
  writeFileSync(caFile, cert);
  const times = { settleMs: 0, pollFloorMs: 1 };
  const hosts = { authorityHost: origin, armEndpoint: origin, portalUrl: null, caFile };
  writeFileSync(file, JSON.stringify({ ...knownClouds.AzurePublic, name: "Test", isAzure: false, ...hosts, ...times }));
  return file;
}

/** For tests: a certificate for localhost with its private key, both PEM. */
export async function certificate(algorithm = ecdsa): Promise<{ key: string; cert: string }> {
  cryptoProvider.set(webcrypto as unknown as Crypto);
  const keys = (await webcrypto.subtle.generateKey(algorithm, true, ["sign", "verify"])) as CryptoKeyPair;
  const names = new SubjectAlternativeNameExtension([{ type: "dns", value: "localhost" }]);
  const made = await X509CertificateGenerator.createSelfSigned({
    name: "CN=localhost",
    keys,
    signingAlgorithm: algorithm,
    extensions: [names],
  });
  const pkcs8 = await webcrypto.subtle.exportKey("pkcs8", keys.privateKey);
  return { key: PemConverter.encode(pkcs8, "PRIVATE KEY"), cert: made.toString("pem") };
}
