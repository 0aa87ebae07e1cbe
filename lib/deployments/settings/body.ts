import { BinderyError } from "@/lib/kernel/errors";
import { type DerivedSetting, defaultReleaseTrain, releaseNamespace } from "./derived";
import { type ExtensionInput, isProtectedRef, type ProtectedRef } from "./input";
import { lookUp } from "./table";

export const extensionType = "Microsoft.AzureML.Kubernetes";

type Body<Secret> = {
  identity: { type: "SystemAssigned" };
  properties: {
    extensionType: typeof extensionType;
    autoUpgradeMinorVersion: boolean;
    releaseTrain: string;
    version?: string;
    scope: { cluster: { releaseNamespace: typeof releaseNamespace } };
    configurationSettings: Record<string, string>;
    configurationProtectedSettings: Record<string, Secret>;
  };
};

/** The body of the PUT that installs the extension, fit to be shown, kept and digested: secrets are references. */
export type ExtensionBody = Body<ProtectedRef>;
/** The same with the secrets in it: for the wire, and for nothing else. */
export type FilledExtensionBody = Body<string>;

/** What the two files become: their text as base64, under the chart's own names, as the az CLI sends them. */
const filed = new Map([
  ["sslCertPemFile", "scoringFe.sslCert"],
  ["sslKeyPemFile", "scoringFe.sslKey"],
]);
const encoded = new Set(filed.values());

/**
 * The body of `PUT …/Microsoft.KubernetesConfiguration/extensions/NAME` (API version 2023-05-01). Derived settings fill in what is not
 * given, and replace what they say they replace. Throws `invalid_input`, naming the key, for a value that is no text and for a secret
 * that stands among the plain settings or is not a reference.
 */
export function extensionBody(input: ExtensionInput, derived: readonly DerivedSetting[]): ExtensionBody {
  const plain = new Map(Object.entries(input.settings).map(([key, value]) => [key, plainText(key, value)]));
  for (const { key, value } of derived) plain.set(key, value);
  return {
    identity: { type: "SystemAssigned" },
    properties: {
      extensionType,
      autoUpgradeMinorVersion: input.version === undefined && input.autoUpgrade !== false,
      releaseTrain: input.releaseTrain ?? defaultReleaseTrain,
      ...(input.version === undefined ? {} : { version: input.version }),
      scope: { cluster: { releaseNamespace } },
      configurationSettings: sorted(plain),
      configurationProtectedSettings: sorted(
        new Map(Object.entries(input.protected).map(([key, value]) => [filed.get(key) ?? key, reference(key, value)])),
      ),
    },
  };
}

/**
 * The body with its secrets, to be made when the bytes leave and dropped afterwards. `secretOf` gives the text of a reference: PEM for
 * certificate and key. Throws `invalid_input`, naming the reference and never the value, for one that is not there or is not ASCII.
 */
export function fillProtected(body: ExtensionBody, secretOf: (ref: string) => string | undefined): FilledExtensionBody {
  const filled = Object.entries(body.properties.configurationProtectedSettings).map(([key, { ref }]): [string, string] => {
    const secret = secretOf(ref);
    if (secret === undefined || secret === "")
      throw new BinderyError("invalid_input", `The protected value ${ref} is no longer kept.`, { field: key, remedy: "Enter it again." });
    return [key, encoded.has(key) ? base64(key, secret) : secret];
  });
  return { ...body, properties: { ...body.properties, configurationProtectedSettings: Object.fromEntries(filled) } };
}

function plainText(key: string, value: unknown): string {
  const found = lookUp(key);
  if (found.status === "known" && found.setting.protected)
    throw new BinderyError("invalid_input", `${key} is a secret and cannot be a plain setting.`, {
      field: key,
      remedy: "Enter it in its own field.",
    });
  if (typeof value === "string") return value;
  throw new BinderyError("invalid_input", `${key} is not a text.`, {
    field: key,
    remedy: "Azure takes texts alone: write True as a text.",
  });
}

function reference(key: string, value: unknown): ProtectedRef {
  if (isProtectedRef(value)) return { ref: value.ref };
  throw new BinderyError("invalid_input", `${key} is not sealed.`, { field: key, remedy: "Enter it in its own field." });
}

function base64(key: string, text: string): string {
  if (/[^\0-\x7f]/.test(text))
    throw new BinderyError("invalid_input", "The file holds characters that no PEM file has.", {
      field: key,
      remedy: "Give the PEM file as it was issued.",
    });
  return btoa(text);
}

/** Keys in order, so that the same settings give the same text. */
const sorted = <T>(map: Map<string, T>): Record<string, T> => Object.fromEntries([...map].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
