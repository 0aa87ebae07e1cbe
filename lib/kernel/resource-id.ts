import { BinderyError } from "./errors";

/** An ARM id in its parts. Texts as Azure (or the person) wrote them; ARM compares all of them without regard to case. */
export type ResourceIdParts = {
  /** Without a trailing slash. */
  id: string;
  subscriptionId: string | null;
  resourceGroup: string | null;
  /** Last provider namespace, for example `Microsoft.ContainerService`; null for a subscription or resource group. */
  namespace: string | null;
  /** Full type with namespace, for example `Microsoft.ContainerService/managedClusters/trustedAccessRoleBindings`. */
  type: string;
  /** Last name. */
  name: string;
  /** The id one level up: of the parent resource, else the resource group, else the subscription; null above that. */
  parentId: string | null;
};

const bindingSegment = "trustedAccessRoleBindings";

/**
 * Takes an ARM id apart: subscriptions, resource groups, resources, child resources and extension resources.
 * Throws `invalid_input` for anything else, also for a query, a fragment, an empty or a dotted segment.
 */
export function parseResourceId(id: string): ResourceIdParts {
  const clean = id.trim().replace(/\/+$/, "");
  const segments = clean.split("/");
  if (segments.shift() !== "" || segments.length < 2 || segments.length % 2 === 1 || segments.some(isBadSegment)) throw notAnId(id);
  const scope = { subscriptionId: null as string | null, resourceGroup: null as string | null };
  let at = 0;
  if (is(segments[at], "subscriptions")) {
    scope.subscriptionId = segments[at + 1] as string;
    at += 2;
    if (is(segments[at], "resourceGroups")) {
      scope.resourceGroup = segments[at + 1] as string;
      at += 2;
    }
  }
  if (at === segments.length) return { id: clean, ...scope, namespace: null, ...containerOf(scope), parentId: parentOf(segments) };
  const start = lastProvider(segments, at);
  const pairs = segments.slice(start + 2);
  if (!is(segments[at], "providers") || pairs.length < 2 || pairs.length % 2 === 1) throw notAnId(id);
  const namespace = segments[start + 1] as string;
  const type = [namespace, ...pairs.filter((_, index) => index % 2 === 0)].join("/");
  return { id: clean, ...scope, namespace, type, name: pairs.at(-1) as string, parentId: parentOf(segments) };
}

/** The id as a key: lower case, no trailing slash. Two ids are of the same resource when their keys are equal. */
export function idKey(id: string): string {
  return id.trim().replace(/\/+$/, "").toLowerCase();
}

/** True when both ids are of the same resource. */
export function sameId(a: string, b: string): boolean {
  return idKey(a) === idKey(b);
}

/** The id of a cluster's trusted access role binding. */
export function bindingIdOf(clusterId: string, name: string): string {
  return `${clusterId.replace(/\/+$/, "")}/${bindingSegment}/${name}`;
}

/** The cluster's id from a binding's id. Throws `invalid_input` when it is not the id of a trusted access role binding. */
export function clusterIdOf(bindingId: string): string {
  const parts = parseResourceId(bindingId);
  if (!is(parts.type, `Microsoft.ContainerService/managedClusters/${bindingSegment}`)) {
    throw new BinderyError("invalid_input", `${bindingId} is not the id of a trusted access role binding.`, {
      remedy: "It ends with /managedClusters/CLUSTER/trustedAccessRoleBindings/NAME.",
    });
  }
  return parts.parentId as string;
}

/** Full type of a resource, as written in its id: `Microsoft.MachineLearningServices/workspaces`. */
export function resourceTypeOf(id: string): string {
  return parseResourceId(id).type;
}

/** Last name in an id. */
export function lastName(id: string): string {
  return parseResourceId(id).name;
}

/** The subscription of an id, lower case. Throws `invalid_input` for an id outside any subscription. */
export function subscriptionOf(id: string): string {
  const { subscriptionId } = parseResourceId(id);
  if (subscriptionId === null) throw notAnId(id);
  return subscriptionId.toLowerCase();
}

/** The resource group's id of a resource; null for subscription-level and tenant-level ids. */
export function resourceGroupIdOf(id: string): string | null {
  const { subscriptionId, resourceGroup } = parseResourceId(id);
  return subscriptionId === null || resourceGroup === null ? null : `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}`;
}

const is = (text: string | undefined, word: string): boolean => text?.toLowerCase() === word.toLowerCase();
// A dotted segment would be folded away by URL parsing, and with it the comparison of the id that was approved.
const isBadSegment = (segment: string): boolean =>
  segment === "" || segment === "." || segment === ".." || /[?#\\\s%]|\p{Cc}/u.test(segment);

function lastProvider(segments: string[], from: number): number {
  let found = from;
  for (let at = from; at < segments.length; at += 2) if (is(segments[at], "providers")) found = at;
  return found;
}

function parentOf(segments: string[]): string | null {
  const up = segments.slice(0, -2);
  // The first pair after /providers/NAMESPACE leaves with its provider pair.
  if (is(up.at(-2), "providers")) up.splice(-2);
  return up.length === 0 ? null : `/${up.join("/")}`;
}

function containerOf(scope: { subscriptionId: string | null; resourceGroup: string | null }): { type: string; name: string } {
  if (scope.resourceGroup !== null) return { type: "Microsoft.Resources/subscriptions/resourceGroups", name: scope.resourceGroup };
  return { type: "Microsoft.Resources/subscriptions", name: scope.subscriptionId ?? "" };
}

function notAnId(id: string): BinderyError {
  return new BinderyError("invalid_input", `${id.slice(0, 300)} is not an ARM resource id.`, {
    remedy:
      "It looks like /subscriptions/SUBSCRIPTION/resourceGroups/GROUP/providers/NAMESPACE/TYPE/NAME. Copy it from Azure's own page of the resource.",
  });
}
