import { createHash, X509Certificate } from "node:crypto";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { decodeProtectedHeader, importX509, jwtVerify } from "jose";
import { expect, test } from "vitest";
import { testDatabase } from "@/lib/db/testing";
import { isBinderyError } from "@/lib/kernel/errors";
import { readCertificate } from "./credential";
import { TestBrowser } from "./testing/browser";
import { certificate, startIssuer } from "./testing/issuer";

process.env.BINDERY_CLIENT_SECRET = "";
testDatabase();
const folder = mkdtempSync(join(tmpdir(), "bindery-credential-"));
const rsa = { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256", modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]) };

test("Bindery proves itself to Entra by a certificate, and sends no secret", async () => {
  const issuer = await startIssuer(process.env.BINDERY_TENANT_ID ?? "", process.env.BINDERY_CLIENT_ID ?? "");
  const { key, cert } = await certificate(rsa);
  process.env.BINDERY_CLIENT_CERTIFICATE_FILE = join(folder, "bindery.pem");
  writeFileSync(process.env.BINDERY_CLIENT_CERTIFICATE_FILE, `${cert}\n${key}\n`);
  await new TestBrowser(issuer).signIn({ oid: "aaaaaaaa-0000-4000-8000-000000000001", name: "Dana Ito", roles: [] });
  const [call] = issuer.calls;
  expect(call?.client_secret).toBeUndefined();
  expect(call?.client_assertion_type).toBe("urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
  const header = decodeProtectedHeader(call?.client_assertion ?? "");
  expect(header["x5t#S256"]).toBe(createHash("sha256").update(new X509Certificate(cert).raw).digest("base64url"));
  // MSAL rounds the second of its assertion up.
  const { payload } = await jwtVerify(call?.client_assertion ?? "", await importX509(cert, header.alg ?? ""), { clockTolerance: 5 });
  expect(payload).toMatchObject({ iss: process.env.BINDERY_CLIENT_ID, sub: process.env.BINDERY_CLIENT_ID });
  await issuer.close();
});

test.each([
  ["holds no key", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----"],
  ["holds no certificate", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----"],
  [
    "holds a broken certificate",
    "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----",
  ],
])("a certificate file that %s is a wrong setting", (_what, text) => {
  const file = join(folder, "wrong.pem");
  writeFileSync(file, text);
  expect(() => readCertificate(file)).toThrow(expect.toSatisfy((error) => isBinderyError(error, "wrong_setting")) as Error);
});

test("a certificate file that is not there is a wrong setting", () => {
  expect(() => readCertificate(join(folder, "absent.pem"))).toThrow(/BINDERY_CLIENT_CERTIFICATE_FILE names .* which cannot be read/);
});
