import { X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import type { NodeAuthOptions } from "@azure/msal-node";
import { BinderyError } from "@/lib/kernel/errors";
import { settings } from "@/lib/kernel/settings";

/** How Bindery proves itself to Entra, as MSAL takes it. */
export type OwnCredential = Pick<NodeAuthOptions, "clientCertificate" | "clientAssertion" | "clientSecret">;

/** Bindery's own credential: certificate, federated token (read anew each time, since it is rotated) or secret. Throws `wrong_setting`. */
export function ownCredential(): OwnCredential {
  const {
    BINDERY_CLIENT_CERTIFICATE_FILE: certificate,
    BINDERY_FEDERATED_TOKEN_FILE: federated,
    BINDERY_CLIENT_SECRET: secret,
  } = settings();
  if (certificate !== undefined) return { clientCertificate: readCertificate(certificate) };
  if (federated !== undefined) return { clientAssertion: () => readAssertion(federated) };
  if (secret !== undefined) return { clientSecret: secret };
  throw new BinderyError("wrong_setting", "Bindery has no credential of its own for Entra.");
}

/** Reads a PEM file that holds the private key and the certificate chain, leaf first. */
export function readCertificate(file: string): NonNullable<NodeAuthOptions["clientCertificate"]> {
  const pem = orWrong(() => readFileSync(file, "utf8"), `BINDERY_CLIENT_CERTIFICATE_FILE names ${file}, which cannot be read`);
  const privateKey = /-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----[\s\S]+?-----END (?:[A-Z]+ )?PRIVATE KEY-----/.exec(pem)?.[0];
  const chain = pem.match(/-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g)?.join("\n");
  if (privateKey === undefined || chain === undefined) {
    throw new BinderyError("wrong_setting", `${file} should hold a private key and its certificate, both as PEM.`);
  }
  const leaf = orWrong(() => new X509Certificate(chain), `${file} holds a certificate that cannot be read`);
  return { privateKey, thumbprintSha256: leaf.fingerprint256.replaceAll(":", ""), x5c: chain };
}

async function readAssertion(file: string): Promise<string> {
  try {
    return (await readFile(file, "utf8")).trim();
  } catch (cause) {
    throw new BinderyError("wrong_setting", `BINDERY_FEDERATED_TOKEN_FILE names ${file}, which cannot be read.`, { cause });
  }
}

function orWrong<T>(work: () => T, sentence: string): T {
  try {
    return work();
  } catch (cause) {
    throw new BinderyError("wrong_setting", `${sentence}.`, { cause });
  }
}
