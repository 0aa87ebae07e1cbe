import { createPrivateKey, type KeyObject, X509Certificate } from "node:crypto";
import type { CertificateFacts, CertificateProblem, CertificateReading } from "./facts";
import { blocksOf, Bad } from "./pem";

/** Longest file that is read, in bytes. Chains are a few thousand. */
const limit = 64 * 1024;

/** A file as it was uploaded: its text or its bytes. */
export type PemFile = string | Uint8Array;

/**
 * Reads the certificate of an endpoint with its chain, and its private key where one is given. Gives facts that everybody may know;
 * nothing of the key is in them, nor in any message. Bad input is an answer with a sentence and a remedy, never an exception.
 * The chain has to begin with the server's own certificate, each signed by the next, as servers want it (RFC 8446, 4.4.2).
 */
export function readCertificate(certificate: PemFile, key?: PemFile): CertificateReading {
  try {
    const keyText = key === undefined ? null : textOf("key", key);
    const chain = chainIn(textOf("certificate", certificate), keyText);
    const own = keyText === null ? null : keyIn(keyText);
    inOrder(chain, own);
    return { state: "ok", certificate: factsOf(chain, own) };
  } catch (error) {
    if (error instanceof Bad) return { state: "bad", problem: error.problem };
    throw error;
  }
}

type Field = CertificateProblem["field"];
const words: Record<Field, string> = { certificate: "certificate", key: "private key" };

function textOf(field: Field, file: PemFile): string {
  const bytes = typeof file === "string" ? Buffer.from(file, "latin1") : Buffer.from(file);
  if (bytes.length > limit)
    throw new Bad("too-large", field, `The ${words[field]}'s file is larger than 64 KiB.`, "Give the PEM file alone.");
  if (bytes[0] === 0x30 && (bytes[1] ?? 0) >= 0x80)
    throw new Bad(
      "der",
      field,
      `The ${words[field]} is in the binary form (DER or PFX).`,
      `Turn it into PEM first: openssl ${field === "key" ? "pkey" : "x509"} -inform der.`,
    );
  const text = typeof file === "string" ? file : bytes.toString("latin1");
  if (text.trim() === "") throw new Bad("empty", field, `The ${words[field]} is empty.`, "Choose the PEM file.");
  return text;
}

/** The certificates of a file, in its order. */
function chainIn(text: string, keyText: string | null): X509Certificate[] {
  const blocks = blocksOf("certificate", text);
  if (blocks.some(({ label }) => label.endsWith("PRIVATE KEY"))) {
    const swapped = blocks.length === 1 && keyText !== null && keyText.includes("BEGIN CERTIFICATE");
    throw swapped
      ? new Bad("swapped", "certificate", "Certificate and key are swapped.", "Exchange the two files.")
      : new Bad(
          "key-in-certificate",
          "certificate",
          "The certificate's file holds a private key too.",
          "Give certificates and key as files of their own.",
        );
  }
  const other = blocks.find(({ label }) => label !== "CERTIFICATE" && label !== "TRUSTED CERTIFICATE");
  if (other !== undefined) {
    const what = other.label.includes("REQUEST") ? "a request for a certificate" : `a ${other.label.toLowerCase()}`;
    throw new Bad(
      "not-a-certificate",
      "certificate",
      `The file holds ${what}, not a certificate.`,
      "Give the certificate that was issued.",
    );
  }
  return blocks.map(({ pem }) => {
    try {
      return new X509Certificate(pem);
    } catch {
      throw new Bad("damaged", "certificate", "A certificate in the file cannot be read.", "Export it again; a line may be missing.");
    }
  });
}

/** The one private key of a file. */
function keyIn(text: string): KeyObject {
  const blocks = blocksOf("key", text).filter(({ label }) => label !== "EC PARAMETERS");
  const [first, ...rest] = blocks.filter(({ label }) => label.endsWith("PRIVATE KEY"));
  if (first === undefined || blocks.length > 1 + rest.length)
    throw new Bad("not-a-key", "key", "The key's file holds something other than a private key.", "Give the private key alone, as PEM.");
  if (rest.length > 0)
    throw new Bad("two-keys", "key", "The file holds more than one private key.", "Give the one that belongs to the certificate.");
  if (first.label.startsWith("ENCRYPTED") || /^Proc-Type:.*ENCRYPTED/m.test(first.pem))
    throw new Bad(
      "passphrase",
      "key",
      "The private key has a passphrase, and the extension cannot ask for it.",
      "Take the passphrase away: openssl pkey -in key.pem -out plain.pem.",
    );
  try {
    return createPrivateKey(first.pem);
  } catch {
    throw new Bad("damaged", "key", "The private key cannot be read.", "Export it again, as PEM without a passphrase.");
  }
}

/** Each certificate is signed by the next, and the first is the server's own. */
function inOrder(chain: X509Certificate[], key: KeyObject | null): void {
  const remedy = "Put the server's own certificate first, then each one's issuer.";
  const at = chain.findIndex((one, index) => index + 1 < chain.length && !isIssuedBy(one, chain[index + 1]!));
  if (at >= 0)
    throw new Bad("wrong-order", "certificate", `Certificate ${at + 1} of the file was not issued by certificate ${at + 2}.`, remedy);
  const owner = key === null ? 0 : chain.findIndex((one) => one.checkPrivateKey(key));
  if (owner > 0)
    throw new Bad("wrong-order", "certificate", `The key belongs to certificate ${owner + 1} of the file, not to the first.`, remedy);
}

const isIssuedBy = (one: X509Certificate, issuer: X509Certificate): boolean => one.checkIssued(issuer) && one.verify(issuer.publicKey);

function factsOf(chain: X509Certificate[], key: KeyObject | null): CertificateFacts {
  const own = chain[0]!;
  const subject = lineOf(own.subject);
  return {
    subject,
    issuer: lineOf(own.issuer),
    commonName: /(?:^|\n)CN=([^\n]*)/.exec(own.subject ?? "")?.[1] ?? null,
    names: namesIn(own.subjectAltName ?? ""),
    notBefore: new Date(own.validFrom).toISOString(),
    notAfter: new Date(own.validTo).toISOString(),
    fingerprint: own.fingerprint256,
    keyType: typeOf(own.publicKey),
    chainLength: chain.length,
    selfSigned: isIssuedBy(own, own),
    key: key === null ? "absent" : own.checkPrivateKey(key) ? "matches" : "differs",
  };
}

/** A distinguished name on one line; Node gives one part a line, and nothing for an empty name. */
const lineOf = (name: string | undefined): string => (name ?? "").split("\n").filter(Boolean).join(", ");

/** DNS names in `DNS:a, DNS:b, IP Address:…`. Node quotes what could be mistaken for a separator; no host has such a name. */
function namesIn(text: string): string[] {
  const parts = text.matchAll(/(?:^|, )([A-Za-z ]+):("(?:[^"\\]|\\.)*"|[^,"]*)/gy);
  const names = [...parts].flatMap(([, kind, value = ""]) =>
    kind === "DNS" && !value.startsWith('"') ? [value.trim().toLowerCase()] : [],
  );
  return [...new Set(names)];
}

function typeOf(key: KeyObject): string {
  const details = key.asymmetricKeyDetails;
  const curves: Record<string, string> = { prime256v1: "P-256", secp384r1: "P-384", secp521r1: "P-521" };
  switch (key.asymmetricKeyType) {
    case "rsa":
    case "rsa-pss":
      return `RSA ${details?.modulusLength ?? ""}`.trim();
    case "ec":
      return `EC ${curves[details?.namedCurve ?? ""] ?? details?.namedCurve ?? ""}`.trim();
    case "ed25519":
      return "Ed25519";
    case "ed448":
      return "Ed448";
    default:
      return key.asymmetricKeyType ?? "unknown";
  }
}
