import { appendAudit } from "@/lib/audit/append";
import type { Actor } from "@/lib/auth/actor";
import { transaction } from "@/lib/db/client";
import type { Answer, BodyOut } from "@/lib/http/contract";
import { BinderyError } from "@/lib/kernel/errors";
import { keepValue } from "../protected-store";
import { readCertificate } from "../settings/certificate";
import type { CertificateFacts } from "../settings/facts";
import { requireAsker } from "./keep-value";

/**
 * Reads a certificate with its key and keeps both sealed for their owner, until a request uses them or 72 hours are over. The record names
 * the certificate's fingerprint; nothing of the key is answered, logged or recorded. Throws `invalid_input` with the field, `conflict` when
 * too many values are kept.
 */
export async function keepCertificate(
  actor: Actor,
  { certificate, key }: BodyOut<"POST /api/v1/deployments/certificates">,
): Promise<Answer<"POST /api/v1/deployments/certificates">> {
  requireAsker(actor);
  const facts = factsOf(certificate, key);
  return transaction(async (tx) => {
    const chain = await keepValue(tx, actor, "sslCertPemFile", certificate, facts);
    const own = await keepValue(tx, actor, "sslKeyPemFile", key, facts);
    await appendAudit(tx, {
      tid: actor.tid,
      action: "certificate-kept",
      outcome: "ok",
      actor,
      subject: { type: "certificate", id: facts.fingerprint },
      summary: `Certificate for ${facts.names.join(", ") || facts.subject} kept sealed with its key, for a request that is yet to be made`,
      detail: { fingerprint: facts.fingerprint, subject: facts.subject, issuer: facts.issuer, notAfter: facts.notAfter },
    });
    const { subject, issuer, names, notBefore, notAfter, fingerprint, keyType, chainLength, selfSigned } = facts;
    return {
      refs: { sslCertPemFile: { ref: chain.ref }, sslKeyPemFile: { ref: own.ref } },
      certificate: { subject, issuer, names, notBefore, notAfter, fingerprint, keyType, chainLength, selfSigned },
    };
  });
}

function factsOf(certificate: string, key: string): CertificateFacts {
  const reading = readCertificate(certificate, key);
  if (reading.state === "bad") throw refusal(reading.problem);
  if (reading.certificate.key !== "matches")
    throw refusal({
      field: "key",
      message: "The private key does not belong to this certificate.",
      remedy: "Choose the key that the certificate was issued for.",
    });
  return reading.certificate;
}

const refusal = ({ field, message, remedy }: { field: "certificate" | "key"; message: string; remedy: string }): BinderyError =>
  new BinderyError("invalid_input", message, { field, fields: { [field]: `${message} ${remedy}` }, remedy });
