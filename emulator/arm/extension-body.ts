import { createHash } from "node:crypto";
import type { ArmIdentity } from "../state/shapes";
import { versions } from "./extension-health";
import { ArmError } from "./errors";

/** What the body of a PUT or PATCH says. What it leaves out is undefined. */
export type ExtensionBody = {
  extensionType?: string;
  autoUpgradeMinorVersion?: boolean;
  releaseTrain?: string;
  version?: string | null;
  releaseNamespace?: string;
  settings?: Record<string, string>;
  protectedSettings?: Record<string, string>;
  identity?: ArmIdentity;
};

/** Reads a body. Throws 400 `InvalidRequestContent` where a value has another type: settings are texts, all of them. */
export function readExtensionBody(body: unknown): ExtensionBody {
  const properties = field(body, "properties");
  if (typeof properties !== "object" || properties === null) throw unreadable("Required property 'properties' not found in JSON.");
  const read: ExtensionBody = {};
  const extensionType = text(properties, "extensionType");
  const releaseTrain = text(properties, "releaseTrain");
  const automatic = flag(properties, "autoUpgradeMinorVersion");
  const version = text(properties, "version");
  const scope = field(properties, "scope");
  if (field(scope, "namespace") !== undefined && field(scope, "namespace") !== null)
    throw new ArmError(
      400,
      "InvalidScope",
      "The extension Microsoft.AzureML.Kubernetes is of cluster scope; it cannot have a scope of a namespace.",
    );
  const releaseNamespace = field(field(scope, "cluster"), "releaseNamespace");
  const settings = map(properties, "configurationSettings");
  const protectedSettings = map(properties, "configurationProtectedSettings");
  const identity = field(body, "identity") as ArmIdentity | undefined;
  if (extensionType !== undefined) read.extensionType = extensionType;
  if (releaseTrain !== undefined) read.releaseTrain = releaseTrain;
  if (automatic !== undefined) read.autoUpgradeMinorVersion = automatic;
  if (version !== undefined) read.version = version;
  if (typeof releaseNamespace === "string") read.releaseNamespace = releaseNamespace;
  if (settings !== undefined) read.settings = settings;
  if (protectedSettings !== undefined) read.protectedSettings = Object.fromEntries(Object.entries(protectedSettings).map(fingerprint));
  if (identity !== undefined && identity !== null) read.identity = { type: identity.type };
  return read;
}

/** Throws 400 for a version beside automatic upgrades; the code and the words of it are not documented, that it is so since 2023-05-01 is. */
export function checkVersion(version: string | null, automatic: boolean): void {
  if (version !== null && automatic)
    throw new ArmError(
      400,
      "InvalidRequest",
      "version cannot be specified when autoUpgradeMinorVersion is true. Set autoUpgradeMinorVersion to false to pin a version.",
    );
}

/** The version that is installed: the pinned one, or the newest of the train. */
export function versionOf(version: string | null, train: string): string {
  return version ?? versions[train.toLowerCase()]?.at(-1) ?? "";
}

/** A value of a protected setting is kept as what tells it from another, never as itself. An empty one stays empty. */
function fingerprint([name, value]: [string, string]): [string, string] {
  return [name, value === "" ? "" : createHash("sha256").update(value).digest("base64url")];
}

function map(of: object, name: string): Record<string, string> | undefined {
  const value = field(of, name);
  if (value === undefined || value === null) return undefined;
  const entries = typeof value === "object" && !Array.isArray(value) ? Object.entries(value) : null;
  const wrong = entries?.find(([, one]) => typeof one !== "string");
  if (entries === null || wrong !== undefined)
    throw unreadable(
      `Unexpected character encountered while parsing value. Path 'properties.${name}${wrong === undefined ? "" : `['${wrong[0]}']`}'. A string is expected.`,
    );
  return Object.fromEntries(entries) as Record<string, string>;
}

function text(of: object, name: string): string | undefined {
  const value = field(of, name);
  if (value === undefined || value === null) return undefined;
  if (typeof value !== "string") throw unreadable(`Error converting value to type 'string'. Path 'properties.${name}'.`);
  return value;
}

function flag(of: object, name: string): boolean | undefined {
  const value = field(of, name);
  if (value === undefined || value === null) return undefined;
  if (typeof value !== "boolean") throw unreadable(`Error converting value to type 'boolean'. Path 'properties.${name}'.`);
  return value;
}

function unreadable(why: string): ArmError {
  return new ArmError(400, "InvalidRequestContent", `The request content was invalid and could not be deserialized: '${why}'.`);
}

function field(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}
