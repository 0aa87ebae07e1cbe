#!/usr/bin/env node
// Tells whether this machine and its settings are fit for a real tenant, and what is missing. Changes nothing.
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { root, setup } from "./setup.mjs";

if (existsSync(join(root, ".env"))) process.loadEnvFile(join(root, ".env"));
// Without a server of its own Bindery brings one, whose address is made when it starts: the checks only need some address.
const embedded = !process.env.DATABASE_URL;
if (embedded) process.env.DATABASE_URL = "postgresql://embedded/bindery";
await setup({ production: false });

const known = {
  AzurePublic: { authorityHost: "https://login.microsoftonline.com", armEndpoint: "https://management.azure.com" },
  AzureUSGovernment: { authorityHost: "https://login.microsoftonline.us", armEndpoint: "https://management.usgovcloudapi.net" },
  AzureChina: { authorityHost: "https://login.partner.microsoftonline.cn", armEndpoint: "https://management.chinacloudapi.cn" },
};
/** A check that could not be made: neither well nor wrong. */
class Skipped extends Error {}
const findings = [];
/** @type {[string, () => Promise<string>][]} */
const checks = [
  ["Settings", checkSettings],
  ["Proxy", checkProxy],
  ["Sealing keys", checkKeys],
  ["Database", checkDatabase],
  ["Entra", checkEntra],
  ["Credential", () => deeper("proveCredential")],
  ["Redirect address", () => deeper("proveRedirect")],
  ["Azure Resource Manager", checkArm],
  ["Sign-ins", checkSignIns],
];
for (const [name, check] of checks) {
  const outcome = await check().then(
    (text) => ({ ok: true, text }),
    (error) => ({ ok: error instanceof Skipped ? null : false, text: sentence(error) }),
  );
  findings.push(outcome.ok !== false);
  console.log(
    `${outcome.ok === null ? "open  " : outcome.ok ? "ok    " : "wrong "} ${name}: ${outcome.text.replaceAll("\n", "\n       ")}`,
  );
}
process.exit(findings.every(Boolean) ? 0 : 1);

async function checkSettings() {
  const { readSettings } = await import(join(root, "dist/settings.mjs"));
  const settings = readSettings(process.env);
  return `complete. Register this redirect address: ${settings.origin.href}api/auth/callback`;
}

async function checkProxy() {
  const proxy = process.env.HTTPS_PROXY ?? process.env.https_proxy;
  const ca = process.env.NODE_EXTRA_CA_CERTS;
  if (ca && !existsSync(ca)) throw new Error(`NODE_EXTRA_CA_CERTS names ${ca}, which is not there.`);
  return `${proxy ? `HTTPS_PROXY is ${new URL(proxy).host}` : "none"}; ${ca ? `additional certificate authorities from ${ca}` : "the usual certificate authorities"}`;
}

async function checkKeys() {
  const keys = (process.env.BINDERY_SEALING_KEYS ?? "").split(",").filter(Boolean);
  if (keys.length === 0) throw new Error("BINDERY_SEALING_KEYS is missing. Make a key: openssl rand -base64 32");
  for (const key of keys) {
    const [id, secret = ""] = key.trim().split(":");
    if (Buffer.from(secret, "base64").length !== 32) throw new Error(`The sealing key ${id} is not 32 bytes of base64.`);
  }
  return `${keys.length}; ${keys[0].split(":")[0]} seals`;
}

async function checkDatabase() {
  if (embedded) return "embedded (no DATABASE_URL)";
  const { probeDatabase } = await import(join(root, "dist/database.mjs"));
  const { version } = await probeDatabase(process.env.DATABASE_URL);
  return `PostgreSQL ${version}, reached by sessions of its own`;
}

function cloud() {
  const file = process.env.BINDERY_CLOUD_FILE;
  if (file) return JSON.parse(readFileSync(resolve(root, file), "utf8"));
  return known[process.env.BINDERY_CLOUD || "AzurePublic"] ?? known.AzurePublic;
}

async function checkEntra() {
  const { authorityHost } = cloud();
  const tenant = process.env.BINDERY_TENANT_ID ?? "organizations";
  const response = await ask(`${authorityHost}/${tenant}/v2.0/.well-known/openid-configuration`);
  if (!response.ok) throw new Error(`${authorityHost} does not know the tenant ${tenant} (${response.status}).`);
  return `${authorityHost} answers for ${tenant}; ${clockOf(response)}`;
}

async function checkArm() {
  const { armEndpoint } = cloud();
  const response = await ask(`${armEndpoint}/subscriptions?api-version=2022-12-01`);
  // Without a token ARM answers 401, and that is the proof that it is there.
  if (response.status !== 401) throw new Error(`${armEndpoint} answered ${response.status} where 401 was expected. Is a proxy in between?`);
  return `${armEndpoint} answers`;
}

/** A check that goes the product's own ways. */
async function deeper(name) {
  const checks = await import(join(root, "dist/doctor.mjs"));
  return checks[name]();
}

async function checkSignIns() {
  if (embedded) throw new Skipped("the embedded database runs only while Bindery does");
  return deeper("signInsShow");
}

async function ask(url) {
  try {
    return await fetch(url, { signal: AbortSignal.timeout(15_000), redirect: "manual" });
  } catch (error) {
    throw new Error(`${new URL(url).host} is not reachable from here: ${error.cause?.message ?? error.message}.${trustHint(error.cause)}`, {
      cause: error,
    });
  }
}

/** What to do where a host is reached, and its certificate is signed by nobody whom this process trusts. */
function trustHint(cause) {
  if (!/SELF_SIGNED|UNABLE_TO_(VERIFY|GET_ISSUER)/.test(cause?.code ?? "")) return "";
  const ca = process.env.NODE_EXTRA_CA_CERTS;
  const { caFile } = cloud();
  if (caFile && (!ca || resolve(ca) !== resolve(root, caFile)))
    return `\nThe cloud's own certificate authority is in ${resolve(root, caFile)}: set NODE_EXTRA_CA_CERTS to it${ca ? `, in place of ${ca}, or put both into one file` : ""}.`;
  if (!ca) return "\nPut the certificate authority of your company or proxy (PEM) into a file, and name it by NODE_EXTRA_CA_CERTS.";
  return `\nNODE_EXTRA_CA_CERTS is ${ca}, and the authority that signed this certificate is not in it: add it there. Node.js reads the file at its start alone, and not from .env.`;
}

/** Tokens are valid for a time; a clock that is off by minutes makes them all wrong. */
function clockOf(response) {
  const offBy = Math.abs(Date.now() - Date.parse(response.headers.get("date") ?? "")) / 1000;
  if (Number.isNaN(offBy)) return "clock not compared";
  if (offBy > 120) throw new Error(`This machine's clock is off by ${Math.round(offBy)} s. Set it by NTP.`);
  return `clock is right to ${Math.round(offBy)} s`;
}

function sentence(error) {
  return [error.message, error.facts?.remedy].filter(Boolean).join("\n");
}
