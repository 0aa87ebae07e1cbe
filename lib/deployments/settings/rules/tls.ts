import { dropFix, type Finding, type Fix, setFix } from "../finding";
import { isGiven, plainValueOf } from "../input";
import { error, info, type Look, materialKeys, type Rule } from "./rule";

/** HTTPS or plain HTTP: one of them, whole. */
export const tlsRules: Rule = (look) => {
  if (!look.inference) return pairRules(look);
  if (look.insecure) return [...contradiction(look), ...pairRules(look)];
  return [...missing(look), ...pairRules(look), ...names(look), ...secret(look)];
};

const material = (look: Look): string[] => materialKeys.filter((key) => isGiven(look.input, key));

/** With plain HTTP the extension ignores everything for HTTPS, and says nothing. */
function contradiction(look: Look): Finding[] {
  const given = [...material(look), ...(isGiven(look.input, "sslCname") ? ["sslCname"] : [])];
  if (given.length === 0) return [];
  const message = `allowInsecureConnections is True, so ${given.join(", ")} would be ignored and endpoints served without encryption.`;
  const remedy = "Set allowInsecureConnections to False for HTTPS, or remove the others.";
  return [{ ...error("insecure-with-tls", "allowInsecureConnections", message, remedy), fix: setFix("allowInsecureConnections", "False") }];
}

function missing(look: Look): Finding[] {
  if (look.material) return [];
  return [
    error(
      "tls-missing",
      "sslSecret",
      "Inference serves HTTPS, and nothing is given for it.",
      "Name an existing secret as sslSecret, upload a certificate with its key, or choose plain HTTP for a proof of concept.",
    ),
  ];
}

/** Certificate and key come together, and not beside a secret. */
function pairRules({ input }: Look): Finding[] {
  const certificate = isGiven(input, "sslCertPemFile");
  const key = isGiven(input, "sslKeyPemFile");
  const hasSecret = isGiven(input, "sslSecret");
  if (hasSecret && (certificate || key)) {
    const message = "A secret and files are given for HTTPS. The az CLI takes the files and leaves the secret aside.";
    const remedy = "Keep one of them. With the secret, the private key need not pass through Bindery.";
    const fix: Fix = { ...dropFix("sslCertPemFile", "sslKeyPemFile"), label: "Keep the secret" };
    return [{ ...error("secret-and-files", "sslSecret", message, remedy), fix }];
  }
  if (certificate === key) return [];
  const given = certificate ? "sslCertPemFile" : "sslKeyPemFile";
  const absent = certificate ? "sslKeyPemFile" : "sslCertPemFile";
  return [error("half-pair", absent, `${given} is given without ${absent}.`, "Give both, or neither.")];
}

/** The name that callers use, which every HTTPS endpoint needs. */
function names({ input, facts, material: given }: Look): Finding[] {
  if (!given || isGiven(input, "sslCname")) return [];
  const finding = error(
    "cname-missing",
    "sslCname",
    "HTTPS needs the name by which callers reach the endpoints.",
    "Set sslCname to a name in the certificate.",
  );
  const exact = facts.certificate?.state === "ok" ? facts.certificate.certificate.names.filter((name) => !name.startsWith("*.")) : [];
  return [exact[0] === undefined ? finding : { ...finding, fix: setFix("sslCname", exact[0]) }];
}

/** The secret has to be there before the extension. */
function secret({ input, facts }: Look): Finding[] {
  const name = plainValueOf(input, "sslSecret");
  if (name === undefined || name === "" || facts.sslSecretFound === true) return [];
  const remedy = "Make the namespace azureml and, in it, the secret with cert.pem and key.pem, before the extension is installed.";
  if (facts.sslSecretFound === false)
    return [error("secret-absent", "sslSecret", `There is no secret ${name.slice(0, 60)} in the namespace azureml.`, remedy)];
  return [info("secret-unseen", "sslSecret", "Whether the secret is in the cluster was not looked at.", remedy)];
}
