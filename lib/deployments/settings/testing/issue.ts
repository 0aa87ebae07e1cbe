import { generateKeyPairSync, type KeyObject, webcrypto } from "node:crypto";
// The X.509 library asks for it when it is loaded.
import "reflect-metadata";
import * as x509 from "@peculiar/x509";

const dayMs = 86_400_000;
const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" } as const;

/** For tests: a certificate and its key, PEM. */
export type Issued = { pem: string; key: string; keyObject: KeyObject; certificate: x509.X509Certificate; keys: CryptoKeyPair };
type Wanted = {
  name: string;
  names?: string[];
  issuer?: Issued;
  isAuthority?: boolean;
  days?: [number, number];
  extra?: ["url" | "ip", string][];
};

/** For tests: issues a certificate; signed by itself without an issuer. `days` count from now. */
export async function issue({ name, names = [], issuer, isAuthority = false, days = [-1, 90], extra = [] }: Wanted): Promise<Issued> {
  x509.cryptoProvider.set(webcrypto as unknown as Crypto);
  const pair = generateKeyPairSync("ec", { namedCurve: "prime256v1" });
  const keys = await importPair(pair);
  const common = {
    serialNumber: Buffer.from(webcrypto.getRandomValues(new Uint8Array(8)))
      .toString("hex")
      .replace(/^./, "1"),
    notBefore: new Date(Date.now() + days[0] * dayMs),
    notAfter: new Date(Date.now() + days[1] * dayMs),
    signingAlgorithm: algorithm,
    extensions: [
      new x509.BasicConstraintsExtension(isAuthority, undefined, true),
      ...(names.length + extra.length === 0
        ? []
        : [
            new x509.SubjectAlternativeNameExtension([
              ...names.map((value) => new x509.GeneralName("dns", value)),
              ...extra.map(([type, value]) => new x509.GeneralName(type, value)),
            ]),
          ]),
    ],
  };
  const certificate =
    issuer === undefined
      ? await x509.X509CertificateGenerator.createSelfSigned({ ...common, name, keys })
      : await x509.X509CertificateGenerator.create({
          ...common,
          subject: name,
          issuer: issuer.certificate.subject,
          publicKey: keys.publicKey,
          signingKey: issuer.keys.privateKey,
        });
  const key = pair.privateKey.export({ type: "pkcs8", format: "pem" }) as string;
  return { pem: `${certificate.toString("pem")}\n`, key, keyObject: pair.privateKey, certificate, keys };
}

async function importPair({ publicKey, privateKey }: { publicKey: KeyObject; privateKey: KeyObject }): Promise<CryptoKeyPair> {
  const { subtle } = webcrypto;
  const [open, own] = await Promise.all([
    subtle.importKey("spki", publicKey.export({ type: "spki", format: "der" }), algorithm, true, ["verify"]),
    subtle.importKey("pkcs8", privateKey.export({ type: "pkcs8", format: "der" }), algorithm, true, ["sign"]),
  ]);
  return { publicKey: open, privateKey: own };
}
