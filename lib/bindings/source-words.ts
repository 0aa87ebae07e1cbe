import { lastName, parseResourceId, resourceTypeOf } from "@/lib/kernel/resource-id";
import { hoursText } from "@/lib/policies/words";
import { roleNameOf } from "@/lib/roles/rules";

const kindsOfSource: [prefix: string, words: string][] = [
  ["microsoft.machinelearningservices/workspaces", "workspace"],
  ["microsoft.machinelearningservices/registries", "registry"],
  ["microsoft.dataprotection/backupvaults", "backup vault"],
  ["microsoft.recoveryservices/vaults", "recovery services vault"],
  ["microsoft.security/pricings", "Defender plan"],
];

/** True for an Azure Machine Learning workspace's id. */
export function isWorkspace(sourceResourceId: string): boolean {
  return resourceTypeOf(sourceResourceId).toLowerCase() === "microsoft.machinelearningservices/workspaces";
}

/** A source for a sentence: `workspace ml-dev`, `Defender plan CloudPosture`, `resource NAME`. */
export function sourceWords(sourceResourceId: string): string {
  const type = resourceTypeOf(sourceResourceId).toLowerCase();
  const known = kindsOfSource.find(([prefix]) => type === prefix || type.startsWith(`${prefix}/`));
  if (known === undefined) return `resource ${lastName(sourceResourceId)}`;
  return `${known[1]} ${type === known[0] ? lastName(sourceResourceId) : topName(sourceResourceId)}`;
}

/** Roles for a sentence, by their short names: `mlworkload and inference-v1`. */
export function roleWords(roles: string[]): string {
  return listText(roles.map(roleNameOf));
}

/** `a`, `a and b`, `a, b and c`. */
export function listText(items: string[]): string {
  return items.length < 2 ? (items[0] ?? "none") : `${items.slice(0, -1).join(", ")} and ${items.at(-1)}`;
}

/** How long access lasts, for a sentence: `for 8 hours`, `without an end`. */
export function lastingText(hours: number | null | undefined): string {
  return typeof hours === "number" ? `for ${hoursText(hours)}` : "without an end";
}

/** Name of the outermost resource in an id: of `…/pricings/CloudPosture/securityOperators/X` it is `CloudPosture`. */
function topName(id: string): string {
  let at = parseResourceId(id);
  while (at.type.split("/").length > 2 && at.parentId !== null) at = parseResourceId(at.parentId);
  return at.name;
}
