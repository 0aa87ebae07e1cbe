import type { Reply } from "../server/exchange";
import type { ArmResource } from "../state/shapes";
import { groupId, keyOf } from "../tenant/ids";
import { knobsOf } from "../world";
import type { ArmCall } from "./context";
import { groupNotFound, resourceNotFound } from "./errors";
import { page } from "./paging";
import { authorizationFailed, need, readerOf } from "./rbac";

/** The resource of an id, for a caller who may read it. Throws 403, then 404. */
function readResource(call: ArmCall, id: string, type: string): ArmResource {
  need(call, `${type}/read`, id);
  return existing(call, id, type);
}

/** The resource of an id whatever the caller may. Throws 404 of the group or of the resource. */
export function existing(call: ArmCall, id: string, type: string): ArmResource {
  const found = call.world.store.table("resources").get(keyOf(id));
  if (found !== undefined) return found;
  const group = /\/resourceGroups\/([^/]+)/i.exec(id)?.[1] ?? null;
  const subscriptionId = /^\/subscriptions\/([^/]+)/i.exec(id)?.[1] ?? "";
  if (group !== null && !call.world.store.table("resourceGroups").has(keyOf(groupId(subscriptionId, group)))) throw groupNotFound(group);
  throw resourceNotFound(type, id.split("/").at(-1) ?? "", group);
}

/** GET of one resource, as it was kept. */
export function getResource(call: ArmCall, id: string, type: string): Reply {
  return { status: 200, body: readResource(call, id, type) };
}

/**
 * LIST of a type below a scope (subscription or group). ARM answers a list with what the caller may read below the scope; a caller who may read
 * nothing there gets 403.
 */
export function listResources(call: ArmCall, scope: string, type: string): Reply {
  const action = `${type}/read`;
  const readable = readerOf(call.world, call.caller, action);
  const prefix = `${keyOf(scope)}/`;
  const wanted = type.toLowerCase();
  const items: ArmResource[] = [];
  for (const [key, resource] of call.world.store.table("resources").entries()) {
    if (key.startsWith(prefix) && resource.type.toLowerCase() === wanted && readable(key)) items.push(resource);
  }
  if (items.length === 0 && !readable(scope)) throw authorizationFailed(call.caller, action, scope);
  items.sort((a, b) => (a.id < b.id ? -1 : 1));
  return { status: 200, body: page(call, items, knobsOf(call.world).listPageSize) };
}
