// The X.509 library reads what this puts on Reflect.
import "reflect-metadata";
import { webcrypto } from "node:crypto";
import * as x509 from "@peculiar/x509";

const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" } as const;
const dayMs = 86_400_000;

/** A certificate and its private key, PEM. */
export type CertificatePair = { certPem: string; keyPem: string };

/** A new certificate authority that lives ten years. `name`: its distinguished name. */
export async function newAuthority(name: string): Promise<CertificatePair> {
  useWebCrypto();
  const keys = await newKeys();
  const cert = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: serial(),
    name,
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
  return { certPem: `${cert.toString("pem")}\n`, keyPem: await pemOfKey(keys.privateKey) };
}

/** A certificate of a server, signed by an authority, for these names and addresses; good for 397 days. */
export async function newServerCertificate(
  authority: CertificatePair,
  names: { type: "dns" | "ip"; value: string }[],
): Promise<CertificatePair> {
  useWebCrypto();
  const issuer = new x509.X509Certificate(authority.certPem);
  const keyBytes = x509.PemConverter.decodeFirst(authority.keyPem);
  const signingKey = await webcrypto.subtle.importKey("pkcs8", keyBytes, algorithm, false, ["sign"]);
  const keys = await newKeys();
  const cert = await x509.X509CertificateGenerator.create({
    serialNumber: serial(),
    // A common name holds 64 characters; clients read the alternative names.
    subject: `CN=${(names[0]?.value ?? "localhost").slice(0, 64)}`,
    issuer: issuer.subject,
    notBefore: new Date(Date.now() - dayMs),
    notAfter: new Date(Date.now() + 397 * dayMs),
    signingAlgorithm: algorithm,
    publicKey: keys.publicKey,
    signingKey,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension(names),
      await x509.AuthorityKeyIdentifierExtension.create(issuer),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return { certPem: `${cert.toString("pem")}\n`, keyPem: await pemOfKey(keys.privateKey) };
}

/** True for a certificate that the authority signed and that lives for 30 more days. */
export function isStillGood(certPem: string, authorityPem: string): boolean {
  const leaf = new x509.X509Certificate(certPem);
  return leaf.issuer === new x509.X509Certificate(authorityPem).subject && leaf.notAfter.getTime() - Date.now() > 30 * dayMs;
}

function useWebCrypto(): void {
  x509.cryptoProvider.set(webcrypto as unknown as Crypto);
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
