import type { CertificateFacts } from "../facts";
import { type Finding, setFix } from "../finding";
import { isNameFor } from "../host-name";
import { isGiven, plainValueOf } from "../input";
import { error, type Look, type Rule, warning } from "./rule";

const dayMs = 86_400_000;
/** A certificate that ends within so many days is said to end soon. */
const soonDays = 30;

/** The certificate that goes with the settings: that it can be used, is for the name, belongs to the key, and holds long enough. */
export const certificateRules: Rule = (look) => {
  const reading = look.facts.certificate;
  if (reading === undefined || !look.inference || look.insecure || !look.material) return [];
  if (reading.state === "bad") {
    const { code, field, message, remedy } = reading.problem;
    return [error(`certificate-${code}`, field === "key" ? "sslKeyPemFile" : "sslCertPemFile", message, remedy)];
  }
  const { certificate } = reading;
  return [...nameOf(look, certificate), ...keyOf(look, certificate), ...timeOf(look, certificate)];
};

function nameOf({ input }: Look, { names, commonName }: CertificateFacts): Finding[] {
  const host = plainValueOf(input, "sslCname");
  if (host === undefined || host.trim() === "" || names.some((name) => isNameFor(name, host))) return [];
  if (names.length === 0 && commonName !== null && isNameFor(commonName, host)) {
    const message = "The certificate carries its name as common name only; clients of today want it as a subject alternative name.";
    return [
      warning("common-name-only", "sslCname", message, "Have the certificate issued again with the name as subject alternative name."),
    ];
  }
  const known = names.length === 0 ? "no name at all" : names.slice(0, 5).join(", ");
  const exact = names.filter((name) => !name.startsWith("*."));
  const finding = error(
    "cname-mismatch",
    "sslCname",
    `The certificate is not for ${host.slice(0, 100)}; it is for ${known}.`,
    "Use one of its names, or another certificate.",
  );
  return [exact.length === 1 ? { ...finding, fix: setFix("sslCname", exact[0]!) } : finding];
}

function keyOf({ input }: Look, { key }: CertificateFacts): Finding[] {
  if (key === "differs")
    return [
      error(
        "key-mismatch",
        "sslKeyPemFile",
        "The private key is not the one of the certificate.",
        "Give the key that the certificate was requested with.",
      ),
    ];
  if (key === "apart")
    return [
      error("key-apart", "sslKeyPemFile", "Certificate and private key were not uploaded together.", "Upload both together once more."),
    ];
  if (key === "absent" && isGiven(input, "sslKeyPemFile"))
    return [
      warning("key-unseen", "sslKeyPemFile", "Whether the key belongs to the certificate was not looked at.", "Upload the key again."),
    ];
  return [];
}

function timeOf({ facts }: Look, { notBefore, notAfter }: CertificateFacts): Finding[] {
  const now = Date.parse(facts.now ?? "");
  if (Number.isNaN(now)) return [];
  const key = "certificate";
  const renew = "Renew the certificate first.";
  const day = notAfter.slice(0, 10);
  if (Date.parse(notAfter) <= now) return [error("certificate-expired", key, `The certificate ended on ${day}.`, renew)];
  if (Date.parse(notBefore) > now)
    return [
      error(
        "certificate-early",
        key,
        `The certificate is not valid before ${notBefore.slice(0, 10)}.`,
        "Wait, or use another certificate.",
      ),
    ];
  const days = Math.floor((Date.parse(notAfter) - now) / dayMs);
  if (days < soonDays) return [warning("certificate-ends-soon", key, `The certificate ends in ${days} days, on ${day}.`, renew)];
  return [];
}
