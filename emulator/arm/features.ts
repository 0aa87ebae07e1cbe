import type { Reply } from "../server/exchange";
import { knobsOf, type World } from "../world";
import type { ArmCall } from "./context";
import { ArmError } from "./errors";
import { page } from "./paging";
import { need } from "./rbac";
import { subscriptionOf } from "./registrations";

/** A preview feature is approved within some minutes, ms. */
const approvalMs = 600_000;

/**
 * Preview features that this tenant may see. Both are obsolete: Trusted Access is generally available since api-version 2023-09-01, so that
 * nothing here asks whether they are registered.
 */
const known = ["Microsoft.ContainerService/TrustedAccessPreview", "Microsoft.ContainerService/AKS-ExtensionManager"] as const;

/** GET …/providers/Microsoft.Features/features and …/Microsoft.Features/providers/{namespace}/features */
export function listFeatures(call: ArmCall): Reply {
  const [subscriptionId = "", namespace] = call.params;
  mayRead(call, subscriptionId);
  const wanted = known.filter((one) => namespace === undefined || one.toLowerCase().startsWith(`${namespace.toLowerCase()}/`));
  const rows = wanted.map((name) => shown(call.world, subscriptionId, name));
  return { status: 200, body: page(call, rows, knobsOf(call.world).listPageSize) };
}

/** GET …/Microsoft.Features/providers/{namespace}/features/{name} */
export function getFeature(call: ArmCall): Reply {
  const [subscriptionId = ""] = call.params;
  mayRead(call, subscriptionId);
  return { status: 200, body: shown(call.world, subscriptionId, named(call)) };
}

/** POST …/features/{name}/register: `Registering` until it is approved. */
export function registerFeature(call: ArmCall): Reply {
  const [subscriptionId = ""] = call.params;
  need(call, "Microsoft.Features/providers/features/register/action", `/subscriptions/${subscriptionId}`);
  const row = subscriptionOf(call, subscriptionId);
  const name = named(call);
  if (row.features?.[name] === undefined) {
    const at = call.world.clock.now() + call.world.clock.scaled(approvalMs);
    call.world.store.table("subscriptions").set(row.subscriptionId, { ...row, features: { ...row.features, [name]: at } });
    call.world.store.flush();
  }
  return { status: 200, body: shown(call.world, subscriptionId, name) };
}

function mayRead(call: ArmCall, subscriptionId: string): void {
  need(call, "Microsoft.Features/features/read", `/subscriptions/${subscriptionId}`);
}

function named(call: ArmCall): string {
  const [, namespace = "", name = ""] = call.params;
  const found = known.find((one) => one.toLowerCase() === `${namespace}/${name}`.toLowerCase());
  if (found === undefined) throw new ArmError(404, "FeatureNotFound", `The feature '${name}' could not be found.`);
  return found;
}

function shown(world: World, subscriptionId: string, name: string): object {
  const at = world.store.table("subscriptions").get(subscriptionId.toLowerCase())?.features?.[name];
  const state = at === undefined ? "NotRegistered" : at > world.clock.now() ? "Registering" : "Registered";
  const [namespace = "", short = ""] = name.split("/");
  const id = `/subscriptions/${subscriptionId}/providers/Microsoft.Features/providers/${namespace}/features/${short}`;
  return { id, name, type: "Microsoft.Features/providers/features", properties: { state } };
}
