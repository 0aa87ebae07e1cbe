// The X.509 library reads what this puts on Reflect.
import "reflect-metadata";
import { webcrypto } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import * as x509 from "@peculiar/x509";
import { writePrivate } from "../state/private-file";

const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" } as const;
const dayMs = 86_400_000;

/** Certificate and key of the https server, PEM, and the file of the authority that signed it. */
export type ServerCertificate = { cert: string; key: string; caFile: string; caPem: string };

/**
 * The certificate for `localhost`, `127.0.0.1` and `::1`, signed by an authority of this state folder. Both are made once and kept (0600);
 * the leaf is made again in its last 30 days. The authority is never installed anywhere: clients get its file by name.
 */
export async function serverCertificate(folder: string): Promise<ServerCertificate> {
  x509.cryptoProvider.set(webcrypto as unknown as Crypto);
  const files = {
    ca: path.join(folder, "ca.pem"),
    caKey: path.join(folder, "ca-key.pem"),
    leaf: path.join(folder, "leaf.pem"),
    leafKey: path.join(folder, "leaf-key.pem"),
  };
  if (!existsSync(files.ca) || !existsSync(files.caKey)) await makeAuthority(files.ca, files.caKey);
  if (!stillGood(files.leaf, files.leafKey, files.ca)) await makeLeaf(files);
  const read = (file: string) => readFileSync(file, "utf8");
  return { cert: read(files.leaf), key: read(files.leafKey), caFile: files.ca, caPem: read(files.ca) };
}

async function makeAuthority(certFile: string, keyFile: string): Promise<void> {
  const keys = await newKeys();
  const cert = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: serial(),
    name: "CN=Local Azure authority, O=Bindery local Azure",
    notBefore: new Date(Date.now() - dayMs),
    notAfter: new Date(Date.now() + 3650 * dayMs),
    signingAlgorithm: algorithm,
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  writePrivate(keyFile, await pemOfKey(keys.privateKey));
  writePrivate(certFile, `${cert.toString("pem")}\n`);
}

async function makeLeaf(files: { ca: string; caKey: string; leaf: string; leafKey: string }): Promise<void> {
  const authority = new x509.X509Certificate(readFileSync(files.ca, "utf8"));
  const keyBytes = x509.PemConverter.decodeFirst(readFileSync(files.caKey, "utf8"));
  const signingKey = await webcrypto.subtle.importKey("pkcs8", keyBytes, algorithm, false, ["sign"]);
  const keys = await newKeys();
  const cert = await x509.X509CertificateGenerator.create({
    serialNumber: serial(),
    subject: "CN=localhost",
    issuer: authority.subject,
    notBefore: new Date(Date.now() - dayMs),
    notAfter: new Date(Date.now() + 397 * dayMs),
    signingAlgorithm: algorithm,
    publicKey: keys.publicKey,
    signingKey,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension([
        { type: "dns", value: "localhost" },
        { type: "ip", value: "127.0.0.1" },
        { type: "ip", value: "::1" },
      ]),
      await x509.AuthorityKeyIdentifierExtension.create(authority),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  writePrivate(files.leafKey, await pemOfKey(keys.privateKey));
  writePrivate(files.leaf, `${cert.toString("pem")}\n`);
}

function stillGood(leafFile: string, keyFile: string, caFile: string): boolean {
  if (!existsSync(leafFile) || !existsSync(keyFile)) return false;
  const leaf = new x509.X509Certificate(readFileSync(leafFile, "utf8"));
  const authority = new x509.X509Certificate(readFileSync(caFile, "utf8"));
  return leaf.issuer === authority.subject && leaf.notAfter.getTime() - Date.now() > 30 * dayMs;
}

async function newKeys(): Promise<CryptoKeyPair> {
  return webcrypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
}

async function pemOfKey(key: CryptoKey): Promise<string> {
  const bytes = await webcrypto.subtle.exportKey("pkcs8", key);
  return `${x509.PemConverter.encode(bytes, "PRIVATE KEY")}\n`;
}

function serial(): string {
  return `01${Buffer.from(webcrypto.getRandomValues(new Uint8Array(15))).toString("hex")}`;
}
