import type { Reply } from "../server/exchange";
import type { Subscription } from "../state/shapes";
import { keyOf, tenantId } from "../tenant/ids";
import { regions } from "../tenant/locations";
import { knobsOf } from "../world";
import type { ArmCall } from "./context";
import { groupNotFound } from "./errors";
import { page } from "./paging";
import { authorizationFailed, need, readerOf, seesSubscription } from "./rbac";
import { subscriptionOf } from "./registrations";

/** GET /tenants */
export function listTenants(): Reply {
  const tenant = {
    id: `/tenants/${tenantId}`,
    tenantId,
    countryCode: "US",
    displayName: "Contoso",
    domains: ["contoso.example"],
    tenantCategory: "Home",
    defaultDomain: "contoso.example",
    tenantType: "AAD",
  };
  return { status: 200, body: { value: [tenant] } };
}

/** GET /subscriptions: those in which the caller holds any role. */
export function listSubscriptions(call: ArmCall): Reply {
  const seen = [...call.world.store.table("subscriptions").values()].filter((one) =>
    seesSubscription(call.world, call.caller, one.subscriptionId),
  );
  return {
    status: 200,
    body: { ...page(call, seen.map(shown), knobsOf(call.world).listPageSize), count: { type: "Total", value: seen.length } },
  };
}

/** GET /subscriptions/{id} */
export function getSubscription(call: ArmCall): Reply {
  const [subscriptionId = ""] = call.params;
  const row = subscriptionOf(call, subscriptionId);
  if (!seesSubscription(call.world, call.caller, row.subscriptionId)) {
    throw authorizationFailed(call.caller, "Microsoft.Resources/subscriptions/read", `/subscriptions/${subscriptionId}`);
  }
  return { status: 200, body: shown(row) };
}

/** GET /subscriptions/{id}/locations, with the pair of each region. */
export function listLocations(call: ArmCall): Reply {
  const [subscriptionId = ""] = call.params;
  const row = subscriptionOf(call, subscriptionId);
  const scope = `/subscriptions/${subscriptionId}`;
  if (!seesSubscription(call.world, call.caller, row.subscriptionId))
    throw authorizationFailed(call.caller, "Microsoft.Resources/subscriptions/locations/read", scope);
  const value = regions.map((one) => ({
    id: `${scope}/locations/${one.name}`,
    name: one.name,
    type: "Region",
    displayName: one.displayName,
    regionalDisplayName: `(${one.group}) ${one.displayName}`,
    metadata: {
      regionType: "Physical",
      regionCategory: "Recommended",
      geography: one.geography,
      geographyGroup: one.group,
      longitude: one.longitude,
      latitude: one.latitude,
      physicalLocation: one.place,
      pairedRegion: [{ name: one.pair, id: `${scope}/locations/${one.pair}` }],
    },
  }));
  return { status: 200, body: { value } };
}

/** GET /subscriptions/{id}/resourcegroups: the groups that the caller may read. */
export function listGroups(call: ArmCall): Reply {
  const [subscriptionId = ""] = call.params;
  subscriptionOf(call, subscriptionId);
  const action = "Microsoft.Resources/subscriptions/resourceGroups/read";
  const scope = `/subscriptions/${subscriptionId}`;
  const readable = readerOf(call.world, call.caller, action);
  const groups = [...call.world.store.table("resourceGroups").values()].filter(
    (one) => keyOf(one.id).startsWith(`${keyOf(scope)}/`) && readable(one.id),
  );
  if (groups.length === 0 && !readable(scope)) throw authorizationFailed(call.caller, action, scope);
  groups.sort((a, b) => (a.id < b.id ? -1 : 1));
  return { status: 200, body: page(call, groups.map(shownGroup), knobsOf(call.world).listPageSize) };
}

/** GET /subscriptions/{id}/resourcegroups/{name} */
export function getGroup(call: ArmCall): Reply {
  const [subscriptionId = "", name = ""] = call.params;
  const id = `/subscriptions/${subscriptionId}/resourceGroups/${name}`;
  need(call, "Microsoft.Resources/subscriptions/resourceGroups/read", id);
  const group = call.world.store.table("resourceGroups").get(keyOf(id));
  if (group === undefined) throw groupNotFound(name);
  return { status: 200, body: shownGroup(group) };
}

function shown(row: Subscription): object {
  return {
    id: `/subscriptions/${row.subscriptionId}`,
    authorizationSource: "RoleBased",
    managedByTenants: [],
    subscriptionId: row.subscriptionId,
    tenantId,
    displayName: row.displayName,
    state: "Enabled",
    subscriptionPolicies: { locationPlacementId: "Public_2014-09-01", quotaId: "EnterpriseAgreement_2014-09-01", spendingLimit: "Off" },
  };
}

function shownGroup(group: { id: string; name: string; location: string; tags: Record<string, string> }): object {
  return { ...group, type: "Microsoft.Resources/resourceGroups", properties: { provisioningState: "Succeeded" } };
}
