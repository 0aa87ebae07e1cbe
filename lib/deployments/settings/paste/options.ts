import { dashes } from "./clean";
import type { Word } from "./words";

/** Parts of the answer that one option fills. */
export type Field =
  | "name"
  | "extensionType"
  | "clusterType"
  | "cluster"
  | "resourceGroup"
  | "subscription"
  | "scope"
  | "version"
  | "releaseTrain"
  | "releaseNamespace"
  | "targetNamespace"
  | "autoUpgrade";

/** What an option of `az k8s-extension create` takes. */
export type Option =
  | { takes: "pairs"; place: "settings" | "protected" }
  | { takes: "value"; field: Field }
  /** A JSON file on the person's computer. */
  | { takes: "file" }
  /** One word that does not matter here. */
  | { takes: "ignored" }
  | { takes: "nothing" }
  | { takes: "unknown" };

const fields: Record<string, Field> = {
  "--name": "name",
  "-n": "name",
  "--extension-type": "extensionType",
  "--cluster-type": "clusterType",
  "-t": "clusterType",
  "--cluster-name": "cluster",
  "-c": "cluster",
  "--resource-group": "resourceGroup",
  "-g": "resourceGroup",
  "--subscription": "subscription",
  "--scope": "scope",
  "--version": "version",
  "--release-train": "releaseTrain",
  "--release-namespace": "releaseNamespace",
  "--target-namespace": "targetNamespace",
  "--auto-upgrade-minor-version": "autoUpgrade",
  "--auto-upgrade": "autoUpgrade",
};
const pairs: Record<string, "settings" | "protected"> = {
  "--config": "settings",
  "--config-settings": "settings",
  "--configuration-settings": "settings",
  "--config-protected": "protected",
  "--config-protected-settings": "protected",
  "--configuration-protected-settings": "protected",
};
const files =
  /^--(config|config-settings|configuration-settings|config-protected|config-protected-settings|configuration-protected-settings)-file$/;
const ignored = new Set([
  "--output",
  "-o",
  "--query",
  "--cluster-resource-provider",
  "--cluster-rp",
  "--plan-name",
  "--plan-product",
  "--plan-publisher",
]);
const switches = new Set(["--no-wait", "--yes", "-y", "--debug", "--verbose", "--only-show-errors"]);

/** An option as it was written. `mended`: its dashes or its case were not those of the az CLI. */
export type Written = { name: string; option: Option; value: string | null; mended: boolean };

const shape = new RegExp(`^([${dashes}]{1,2})([A-Za-z][A-Za-z0-9${dashes}]*)(?:=([\\s\\S]*))?$`);

/** The option that a word is, or null for a word that is none. Dashes of any length count as hyphens. */
export function optionIn({ text, quoted }: Word): Written | null {
  const parts = quoted && !text.includes("=") ? null : shape.exec(text);
  if (parts === null) return null;
  const [, lead = "", rest = "", value] = parts;
  const body = rest.replace(new RegExp(`[${dashes}]`, "g"), "-").toLowerCase();
  const name = body.length === 1 ? `-${body}` : `--${body}`;
  return { name, option: optionOf(name), value: value ?? null, mended: lead + rest !== name };
}

function optionOf(name: string): Option {
  if (Object.hasOwn(pairs, name)) return { takes: "pairs", place: pairs[name]! };
  if (Object.hasOwn(fields, name)) return { takes: "value", field: fields[name]! };
  if (files.test(name)) return { takes: "file" };
  if (switches.has(name)) return { takes: "nothing" };
  return { takes: ignored.has(name) ? "ignored" : "unknown" };
}
