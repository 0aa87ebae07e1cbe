import { isAbsolute, resolve } from "node:path";
import { z } from "zod";
import { addressFault, isAddress } from "./allowed-address";
import { BinderyError } from "./errors";

const text = z.string().trim().min(1);
const list = z.string().transform((value) =>
  value
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== ""),
);
const yesNo = z.enum(["true", "false"], { error: "true or false" }).transform((value) => value === "true");
const minutes = z.coerce.number({ error: "whole minutes" }).int("whole minutes").min(1, "at least 1 minute");

/** Every setting of Bindery: environment variable, shape, and what it is for. `.env.example` and the settings page are made from this. */
export const SettingsSchema = z.object({
  PORT: z.coerce.number().int().min(1).max(65535).default(3000).describe("Port that the portal listens on"),
  BINDERY_ORIGIN: z
    .url({ error: "an address such as https://bindery.contoso.com" })
    .optional()
    .describe("Address that people use; https, or http on loopback. Default: http://localhost:PORT"),
  DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/, error: "a postgresql:// address" })
    .describe("PostgreSQL 15 or newer, session connections"),
  BINDERY_DATA_DIR: text.default(".data").describe("Folder for what this installation keeps beside the database"),
  BINDERY_TENANT_ID: z.guid({ error: "the GUID of your Entra tenant (never common or organizations)" }).describe("Entra tenant"),
  BINDERY_CLIENT_ID: z.guid({ error: "the GUID of the app registration" }).describe("Application (client) id of the app registration"),
  BINDERY_CLIENT_CERTIFICATE_FILE: text.optional().describe("PEM file with the certificate and its private key"),
  BINDERY_FEDERATED_TOKEN_FILE: text.optional().describe("File with a federated credential's token (workload identity)"),
  BINDERY_CLIENT_SECRET: text.optional().describe("Client secret; a certificate or federated credential is better"),
  BINDERY_SEALING_KEYS: text.describe(
    "id:base64-of-32-bytes, comma-separated; the first seals, all open. Make one: openssl rand -base64 32",
  ),
  BINDERY_CLOUD: text.optional().describe("AzurePublic, AzureUSGovernment or AzureChina. Default: AzurePublic"),
  BINDERY_CLOUD_FILE: text.optional().describe("JSON file that describes another cloud"),
  BINDERY_POLICY_FILE: text.optional().describe("JSON file with the approval policy; without it the built-in policy holds"),
  BINDERY_ALLOW_GUESTS: yesNo.default(false).describe("Whether guest accounts may sign in"),
  BINDERY_REQUEST_DAYS: z.coerce
    .number({ error: "whole days" })
    .int("whole days")
    .min(1, "at least 1 day")
    .max(365, "at most 365 days")
    .default(14)
    .describe("A request that nobody decided expires after so many days"),
  BINDERY_PERSON_CLAIM: text
    .optional()
    .describe("id_token claim that joins several accounts of one person; accounts without it may then neither ask nor decide"),
  BINDERY_SESSION_IDLE_MINUTES: minutes.default(60).describe("A session ends after so long without use"),
  BINDERY_SESSION_MAX_MINUTES: minutes.default(600).describe("A session ends after so long in any case"),
  BINDERY_PRODUCTION_TAGS: list
    .default(["environment=production", "environment=prod", "env=prod", "env=production"])
    .describe("Cluster tags (key=value) that mark a production cluster"),
  BINDERY_SERVICE_TAGS: text
    .optional()
    .describe("Path or https address of the weekly file of service tags, which the worker reads; without it somebody imports them"),
  BINDERY_SERVICE_TAGS_HOSTS: list
    .default(["download.microsoft.com"])
    .describe("Hosts, comma-separated, that BINDERY_SERVICE_TAGS and its redirects may lead to"),
  BINDERY_SERVICE_TAGS_HOURS: z.coerce
    .number({ error: "whole hours" })
    .int("whole hours")
    .min(1, "at least 1 hour")
    .max(168, "at most 168 hours")
    .default(24)
    .describe("The worker reads BINDERY_SERVICE_TAGS again after so many hours"),
  BINDERY_LOG: z.enum(["debug", "info", "warn", "error"], { error: "debug, info, warn or error" }).default("info").describe("Log level"),
});

export type Settings = z.output<typeof SettingsSchema> & { origin: URL; dataDir: string };

let known: Settings | undefined;

/** The settings of this process, read once. Throws `wrong_setting` that names every missing or wrong setting. */
export function settings(): Settings {
  known ??= readSettings(process.env);
  return known;
}

/** Reads settings from an environment. Throws `wrong_setting` with one line for each missing or wrong setting. */
export function readSettings(env: Record<string, string | undefined>): Settings {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ""));
  const parsed = SettingsSchema.safeParse(given);
  const wrong: string[] = [];
  if (!parsed.success) {
    for (const issue of parsed.error.issues) {
      const name = String(issue.path[0]);
      const shape = SettingsSchema.shape[name as keyof typeof SettingsSchema.shape];
      wrong.push(
        given[name] === undefined
          ? `${name} is missing: ${shape?.description ?? issue.message}.`
          : `${name} is wrong: it should be ${issue.message}.`,
      );
    }
  } else {
    const credentials = [
      parsed.data.BINDERY_CLIENT_CERTIFICATE_FILE,
      parsed.data.BINDERY_FEDERATED_TOKEN_FILE,
      parsed.data.BINDERY_CLIENT_SECRET,
    ].filter((value) => value !== undefined);
    if (credentials.length !== 1)
      wrong.push(
        `Exactly one of BINDERY_CLIENT_CERTIFICATE_FILE, BINDERY_FEDERATED_TOKEN_FILE and BINDERY_CLIENT_SECRET must be set; ${credentials.length} are.`,
      );
    const origin = new URL(parsed.data.BINDERY_ORIGIN ?? `http://localhost:${parsed.data.PORT}`);
    const loopback = ["localhost", "127.0.0.1", "[::1]"].includes(origin.hostname);
    if (origin.protocol !== "https:" && !(origin.protocol === "http:" && loopback))
      wrong.push("BINDERY_ORIGIN is wrong: it should begin with https:// (http only on localhost).");
    const { BINDERY_SERVICE_TAGS: tags, BINDERY_SERVICE_TAGS_HOSTS: hosts } = parsed.data;
    const fault = tags !== undefined && isAddress(tags) ? addressFault(tags, hosts) : undefined;
    if (fault !== undefined) wrong.push(`BINDERY_SERVICE_TAGS is wrong: it ${fault}`);
    if (wrong.length === 0) {
      const dataDir = isAbsolute(parsed.data.BINDERY_DATA_DIR)
        ? parsed.data.BINDERY_DATA_DIR
        : resolve(/* turbopackIgnore: true */ process.cwd(), parsed.data.BINDERY_DATA_DIR);
      return { ...parsed.data, origin: new URL(origin.origin), dataDir };
    }
  }
  throw new BinderyError("wrong_setting", `Bindery cannot start:\n  - ${wrong.join("\n  - ")}`);
}
