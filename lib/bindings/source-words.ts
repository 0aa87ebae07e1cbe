import { isBinderyError } from "@/lib/kernel/errors";
import { parseResourceId, type ResourceIdParts } from "@/lib/kernel/resource-id";
import { hoursText } from "@/lib/policies/words";
import { roleNameOf } from "@/lib/roles/rules";

const kindsOfSource: [prefix: string, words: string][] = [
  ["microsoft.machinelearningservices/workspaces", "workspace"],
  ["microsoft.machinelearningservices/registries", "registry"],
  ["microsoft.dataprotection/backupvaults", "backup vault"],
  ["microsoft.recoveryservices/vaults", "recovery services vault"],
  ["microsoft.security/pricings", "Defender plan"],
];

/**
 * Type of a source as in its id; empty when the id is of no known form. A live binding may hold any text: it must still be shown and be
 * revocable.
 */
export function sourceTypeText(sourceResourceId: string): string {
  return partsOf(sourceResourceId)?.type ?? "";
}

/** The same in lower case, for comparing. */
export function sourceTypeKey(sourceResourceId: string): string {
  return sourceTypeText(sourceResourceId).toLowerCase();
}

/** True for an Azure Machine Learning workspace's id. */
export function isWorkspace(sourceResourceId: string): boolean {
  return sourceTypeKey(sourceResourceId) === "microsoft.machinelearningservices/workspaces";
}

/** A source for a sentence: `workspace ml-dev`, `Defender plan CloudPosture`, `resource NAME`. */
export function sourceWords(sourceResourceId: string): string {
  const parts = partsOf(sourceResourceId);
  if (parts === null) return `resource ${sourceResourceId}`;
  const type = parts.type.toLowerCase();
  const known = kindsOfSource.find(([prefix]) => type === prefix || type.startsWith(`${prefix}/`));
  return known === undefined ? `resource ${parts.name}` : `${known[1]} ${outermost(parts).name}`;
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

/** The outermost resource of an id: of `…/pricings/CloudPosture/securityOperators/X` it is `CloudPosture`. */
function outermost(parts: ResourceIdParts): ResourceIdParts {
  const nested = parts.type.split("/").length > 2;
  return nested && parts.parentId !== null ? outermost(parseResourceId(parts.parentId)) : parts;
}

function partsOf(id: string): ResourceIdParts | null {
  try {
    return parseResourceId(id);
  } catch (error) {
    if (isBinderyError(error, "invalid_input")) return null;
    throw error;
  }
}
