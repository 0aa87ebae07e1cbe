import type { Reply } from "../server/exchange";
import type { RegistrationState, Subscription } from "../state/shapes";
import { keyOf } from "../tenant/ids";
import { regions } from "../tenant/locations";
import { knobsOf, type World } from "../world";
import { providerTypes } from "./api-versions";
import type { ArmCall } from "./context";
import { ArmError, subscriptionNotFound } from "./errors";
import { page } from "./paging";
import { need } from "./rbac";

/** Registering takes from one to ten minutes in Azure, ms; two are taken. */
const registeringMs = 120_000;

/** The subscription of an id. Throws 404. */
export function subscriptionOf(call: ArmCall, subscriptionId: string): Subscription {
  const row = call.world.store.table("subscriptions").get(subscriptionId.toLowerCase());
  if (row === undefined) throw subscriptionNotFound(subscriptionId);
  return row;
}

/** The state of a provider in a subscription now; a change that was asked for takes its time. */
export function registrationOf(world: World, row: Subscription, namespace: string): RegistrationState {
  const change = row.changing?.[namespace];
  if (change === undefined) return row.registered[namespace] ?? "NotRegistered";
  if (change.at <= world.clock.now()) return change.to;
  return change.to === "Registered" ? "Registering" : "Unregistering";
}

/** True when the subscription of an id has registered the provider. */
export function isRegistered(world: World, id: string, namespace: string): boolean {
  const row = world.store.table("subscriptions").get(id.split("/")[2]?.toLowerCase() ?? "");
  return row !== undefined && registrationOf(world, row, namespace) === "Registered";
}

/** GET /subscriptions/{id}/providers and …/providers/{namespace} */
export function readProviders(call: ArmCall): Reply {
  const [subscriptionId = "", namespace] = call.params;
  const row = subscriptionOf(call, subscriptionId);
  need(call, "Microsoft.Resources/subscriptions/providers/read", `/subscriptions/${subscriptionId}`);
  const all = [...providerTypes().keys()].map((name) => shownProvider(call.world, row, name));
  if (namespace === undefined) return { status: 200, body: page(call, all, knobsOf(call.world).listPageSize) };
  return { status: 200, body: shownProvider(call.world, row, spelling(namespace)) };
}

/** GET /providers/{namespace}: the types of a provider, whatever any subscription has registered. Anyone of the tenant may ask. */
export function readTenantProvider(call: ArmCall): Reply {
  const namespace = spelling(call.params[0] ?? "");
  return { status: 200, body: { namespace, resourceTypes: shownTypes(namespace) } };
}

/** POST …/providers/{namespace}/register: `Registering` until its time is over; nothing happens where it is registered already. */
export function registerProvider(call: ArmCall): Reply {
  return change(call, "Registered");
}

/**
 * POST …/providers/{namespace}/unregister. ARM refuses it while the subscription has resources of the provider; the words of that refusal are
 * not documented.
 */
export function unregisterProvider(call: ArmCall): Reply {
  return change(call, "NotRegistered");
}

function change(call: ArmCall, to: "Registered" | "NotRegistered"): Reply {
  const [subscriptionId = "", namespace = ""] = call.params;
  const row = subscriptionOf(call, subscriptionId);
  const name = spelling(namespace);
  need(call, `${name}/${to === "Registered" ? "register" : "unregister"}/action`, `/subscriptions/${subscriptionId}`);
  if (to === "NotRegistered") refuseInUse(call, subscriptionId, name);
  const state = registrationOf(call.world, row, name);
  if (state === to || state === (to === "Registered" ? "Registering" : "Unregistering"))
    return { status: 200, body: shownProvider(call.world, row, name) };
  const at = call.world.clock.now() + call.world.clock.scaled(registeringMs);
  const changed: Subscription = { ...row, changing: { ...row.changing, [name]: { to, at } } };
  call.world.store.table("subscriptions").set(row.subscriptionId, changed);
  call.world.store.flush();
  return { status: 200, body: shownProvider(call.world, changed, name) };
}

function refuseInUse(call: ArmCall, subscriptionId: string, namespace: string): void {
  const below = `/subscriptions/${subscriptionId.toLowerCase()}/`;
  const mark = `/providers/${namespace.toLowerCase()}/`;
  const tables = [call.world.store.table("resources"), call.world.store.table("extensions")];
  const used = tables.some((table) => [...table.keys()].some((key) => key.startsWith(below) && keyOf(key).includes(mark)));
  if (used)
    throw new ArmError(
      409,
      "ResourceProviderInUse",
      `The subscription '${subscriptionId}' cannot be unregistered from the namespace '${namespace}' because it has resources of it.`,
    );
}

function spelling(namespace: string): string {
  const name = [...providerTypes().keys()].find((one) => one.toLowerCase() === namespace.toLowerCase());
  if (name === undefined) throw new ArmError(404, "InvalidResourceNamespace", `The resource namespace '${namespace}' is invalid.`);
  return name;
}

function shownProvider(world: World, row: Subscription, namespace: string): object {
  return {
    id: `/subscriptions/${row.subscriptionId}/providers/${namespace}`,
    namespace,
    resourceTypes: shownTypes(namespace),
    registrationState: registrationOf(world, row, namespace),
    registrationPolicy: "RegistrationRequired",
  };
}

function shownTypes(namespace: string): object[] {
  const locations = regions.map((one) => one.displayName);
  return (providerTypes().get(namespace) ?? []).map((type) => ({ ...type, locations, capabilities: "None" }));
}
