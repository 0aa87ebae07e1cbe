import { randomUUID } from "node:crypto";
import type { Fault } from "../faults/faults";
import { headerOf, type Incoming, type Reply } from "../server/exchange";
import { keyOf } from "../tenant/ids";
import { knobsOf, type World } from "../world";
import { checkApiVersion, knowsType, providerTypes } from "./api-versions";
import { authenticate, challenge } from "./authenticate";
import type { ArmCall, Caller } from "./context";
import { ArmError, armErrorReply, GuardError, subscriptionNotFound } from "./errors";
import { getResource } from "./resources";
import { type Route, routes } from "./route-table";
import { settleAll } from "./settle";
import { aksLimits, armLimits, providerThrottled, subscriptionThrottled } from "./throttle";

/** Who called and under which ids: for the request log. */
export type ArmNote = { oid: string | null; requestId: string; correlationId: string; guard: string | null };

/** Azure Resource Manager: proves the caller, finds the route, checks version, budget, claims and subscription, and calls the handler. */
export async function arm(world: World, incoming: Incoming, fault: Fault | null): Promise<{ reply: Reply; note: ArmNote }> {
  const note: ArmNote = {
    oid: null,
    requestId: randomUUID(),
    correlationId: headerOf(incoming, "x-ms-correlation-request-id") ?? randomUUID(),
    guard: null,
  };
  const headers = commonHeaders(world, incoming, note);
  try {
    settleAll(world);
    const caller = await authenticate(world, incoming);
    note.oid = caller.oid;
    if (fault?.status !== undefined)
      return {
        reply: { status: fault.status, headers: { ...headers, ...fault.headers }, body: fault.body ?? faultBody(fault.status) },
        note,
      };
    const { route, params } = find(incoming);
    const apiVersion = checkApiVersion(incoming.query, route.type, locationOf(world, incoming));
    Object.assign(headers, takeBudget(world, route, incoming, caller));
    askForClaims(world, incoming.method, caller);
    refuseUnknownSubscription(world, incoming);
    const call: ArmCall = {
      world,
      incoming,
      caller,
      params,
      apiVersion,
      requestId: note.requestId,
      correlationId: note.correlationId,
      fault,
    };
    const reply = await route.handle(call);
    return { reply: { ...reply, headers: { ...headers, ...reply.headers } }, note };
  } catch (cause) {
    if (!(cause instanceof ArmError)) throw cause;
    if (cause instanceof GuardError) note.guard = cause.message;
    const reply = armErrorReply(cause);
    return { reply: { ...reply, headers: { ...headers, ...reply.headers } }, note };
  }
}

function commonHeaders(world: World, incoming: Incoming, note: ArmNote): Record<string, string> {
  const clientId = headerOf(incoming, "x-ms-client-request-id");
  const stamp = world.clock.iso().slice(0, 19).replace(/[-:]/g, "");
  return {
    pragma: "no-cache",
    "x-ms-request-id": note.requestId,
    "x-ms-correlation-request-id": note.correlationId,
    "x-ms-routing-request-id": `LOCALAZURE:${stamp}Z:${note.requestId}`,
    "strict-transport-security": "max-age=31536000; includeSubDomains",
    "x-content-type-options": "nosniff",
    ...(clientId !== undefined && headerOf(incoming, "x-ms-return-client-request-id") === "true"
      ? { "x-ms-client-request-id": clientId }
      : {}),
  };
}

function find(incoming: Incoming): { route: Route; params: string[] } {
  let otherMethod = false;
  for (const route of routes) {
    const match = route.pattern.exec(incoming.path);
    if (match === null) continue;
    if (route.method === incoming.method) return { route, params: match.slice(1) };
    otherMethod = true;
  }
  const type = typeOfPath(incoming.path);
  if (type !== null && incoming.method === "GET" && knowsType(type)) {
    const handle = (call: ArmCall) => getResource(call, call.incoming.path, type);
    return { route: { method: "GET", pattern: /^/, type, handle }, params: [] };
  }
  if (otherMethod) throw new ArmError(405, "MethodNotAllowed", `The local Azure does not offer ${incoming.method} on '${incoming.path}'.`);
  throw unknownPath(incoming.path, type);
}

/** `namespace/type/subtype` of a resource's path, or null when the path is none. */
function typeOfPath(path: string): string | null {
  const parts = (path.split(/\/providers\//i).at(-1) ?? "").split("/");
  if (!/\/providers\//i.test(path) || parts.length < 3 || parts.length % 2 === 0) return null;
  const spelledNamespace = [...providerTypes().keys()].find((one) => one.toLowerCase() === parts[0]?.toLowerCase()) ?? parts[0] ?? "";
  const types = parts.slice(1).filter((_, index) => index % 2 === 0);
  const spelled = providerTypes()
    .get(spelledNamespace)
    ?.find((one) => one.resourceType.toLowerCase() === types.join("/").toLowerCase())?.resourceType;
  return `${spelledNamespace}/${spelled ?? types.join("/")}`;
}

function unknownPath(path: string, type: string | null): ArmError {
  if (type === null) return new ArmError(404, "InvalidRequestUri", `The request URI '${path}' is not one that the local Azure knows.`);
  const [namespace = "", ...rest] = type.split("/");
  if (!providerTypes().has(namespace))
    return new ArmError(404, "InvalidResourceNamespace", `The resource namespace '${namespace}' is invalid.`);
  return new ArmError(
    404,
    "InvalidResourceType",
    `The resource type '${rest.join("/")}' could not be found in the namespace '${namespace}'. The local Azure may not offer it.`,
  );
}

function takeBudget(world: World, route: Route, incoming: Incoming, caller: Caller): Record<string, string> {
  const subscriptionId = subscriptionIdOf(incoming.path);
  if (subscriptionId === null) return {};
  const kind = incoming.method === "GET" || incoming.method === "POST" ? "reads" : incoming.method === "DELETE" ? "deletes" : "writes";
  const taken = world.throttle.take(`${kind}|${subscriptionId}|${caller.oid}`, armLimits[kind]);
  if (taken.retryAfterSeconds !== null) throw subscriptionThrottled(kind, subscriptionId, caller.oid, taken.retryAfterSeconds);
  if (route.aks !== undefined) {
    const region = route.aks === "other" ? `|${locationOf(world, incoming) ?? ""}` : "";
    const provider = world.throttle.take(`aks-${route.aks}|${subscriptionId}${region}`, aksLimits[route.aks]);
    if (provider.retryAfterSeconds !== null) throw providerThrottled(provider.retryAfterSeconds);
  }
  return {
    [`x-ms-ratelimit-remaining-subscription-${kind}`]: String(taken.remaining),
    [`x-ms-ratelimit-remaining-subscription-global-${kind}`]: String(taken.remaining + 14 * armLimits[kind].burst),
  };
}

function askForClaims(world: World, method: string, caller: Caller): void {
  if (method !== "PUT" && method !== "DELETE" && method !== "PATCH") return;
  for (const rule of knobsOf(world).claimsRules) {
    const missing = (rule.oid === null || rule.oid === caller.oid) && rule.acrs.some((acr) => !caller.acrs.includes(acr));
    if (!missing) continue;
    const acrs = rule.form === "value" ? { essential: true, value: rule.acrs[0] } : { essential: true, values: rule.acrs };
    throw challenge(
      world,
      { access_token: { acrs } },
      "RequestDisallowedByAzure",
      "The request needs a stronger authentication. Users must authenticate with multi-factor authentication to create or update resources. See https://aka.ms/MFAforAzure.",
    );
  }
}

function refuseUnknownSubscription(world: World, incoming: Incoming): void {
  const subscriptionId = subscriptionIdOf(incoming.path);
  if (subscriptionId === null) return;
  if (!world.store.table("subscriptions").has(subscriptionId)) throw subscriptionNotFound(subscriptionId);
}

function subscriptionIdOf(path: string): string | null {
  return /^\/subscriptions\/([^/]+)/i.exec(path)?.[1]?.toLowerCase() ?? null;
}

function locationOf(world: World, incoming: Incoming): string | null {
  const named = /\/locations\/([^/]+)/i.exec(incoming.path)?.[1];
  if (named !== undefined) return named.toLowerCase();
  const cluster = /^(.+\/managedClusters\/[^/]+)/i.exec(incoming.path)?.[1];
  return cluster === undefined ? null : (world.store.table("resources").get(keyOf(cluster))?.location ?? null);
}

function faultBody(status: number): object {
  if (status === 429) return { error: { code: "TooManyRequests", message: "The request is being throttled." } };
  return {
    error: { code: status >= 500 ? "InternalServerError" : "BadRequest", message: `The local Azure was told to answer ${status}.` },
  };
}
