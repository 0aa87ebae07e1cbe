import type { ArmResource, TrustedAccessRole } from "../state/shapes";
import type { ArmCall } from "./context";
import { ArmError } from "./errors";

/** AKS documents at most eight bindings per cluster (azure-aks-docs, articles/aks/trusted-access-feature.md). */
export const slotsPerCluster = 8;

/** What a PUT must bring. */
export type BindingBody = { sourceResourceId: string; roles: string[] };

/** Reads the body of a PUT. Throws 400 `InvalidRequestContent` or `InvalidParameter`. */
export function readBindingBody(body: unknown): BindingBody {
  const properties = field(body, "properties");
  if (typeof properties !== "object" || properties === null)
    throw new ArmError(
      400,
      "InvalidRequestContent",
      "The request content was invalid and could not be deserialized: 'Required property 'properties' not found in JSON.'.",
    );
  const sourceResourceId = field(properties, "sourceResourceId");
  const roles = field(properties, "roles");
  if (
    typeof sourceResourceId !== "string" ||
    !/^\/subscriptions\/[^/]+\/(?:resourceGroups\/[^/]+\/)?providers\/[^/]+(?:\/[^/]+\/[^/]+)+\/?$/i.test(sourceResourceId)
  ) {
    throw invalid("properties.sourceResourceId", "it is not a valid resource ID");
  }
  if (!Array.isArray(roles) || !roles.every((one) => typeof one === "string"))
    throw invalid("properties.roles", "it is required and must be a list of role names");
  // Whether AKS takes an empty list is not known; nothing could come of it.
  if (roles.length === 0) throw invalid("properties.roles", "at least one role is required");
  return { sourceResourceId, roles };
}

/**
 * Name, roles and source against the rules of AKS. A role that the region does not have and a role of another type of source get the same answer
 * there (Azure/azure-cli#27174, #28171). That the source exists is not asked: bindings outlive their sources.
 */
export function checkBinding(call: ArmCall, cluster: ArmResource, name: string, body: BindingBody): void {
  if (!/^[A-Za-z0-9-]{1,24}$/.test(name)) {
    throw new ArmError(
      400,
      "InvalidParameter",
      `The value of parameter trustedAccessRoleBindingName is invalid. Error details: it must be 1 to 24 characters long and match ^([A-Za-z0-9-])+$. Please see https://aka.ms/aks-naming-rules for more details.`,
    );
  }
  const catalogue = call.world.store.table("catalogues").get(cluster.location ?? "")?.roles ?? [];
  const sourceType = typeOf(body.sourceResourceId);
  for (const role of body.roles) {
    if (!catalogue.some((known) => fullName(known) === role.toLowerCase() && fitsSource(known, sourceType))) {
      throw invalid(
        "properties.roles",
        `non-exist role: ${role}, please refer to aka.ms/aks/ta/role to list available roles and refer to aka.ms/aks/ta for more information on trusted access`,
      );
    }
  }
}

function fullName(role: TrustedAccessRole): string {
  return `${role.sourceResourceType}/${role.name}`.toLowerCase();
}

/** A source may be deeper than the role's type: Defender binds `pricings/securityOperators` to a role of `pricings`. */
function fitsSource(role: TrustedAccessRole, sourceType: string): boolean {
  const wanted = role.sourceResourceType.toLowerCase();
  return sourceType === wanted || sourceType.startsWith(`${wanted}/`);
}

/** `namespace/type/subtype` of an id, lower case. */
function typeOf(id: string): string {
  const [namespace = "", ...rest] = (id.toLowerCase().split("/providers/").at(-1) ?? "").split("/");
  return [namespace, ...rest.filter((_, index) => index % 2 === 0)].join("/");
}

function invalid(parameter: string, details: string): ArmError {
  return new ArmError(
    400,
    "InvalidParameter",
    `The value of parameter ${parameter} is invalid. Error details: ${details}.`,
    {},
    { target: parameter },
  );
}

function field(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}
