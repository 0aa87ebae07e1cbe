import type { Reply } from "../server/exchange";
import { regionName } from "../tenant/locations";
import { knobsOf } from "../world";
import type { ArmCall } from "./context";
import { ArmError } from "./errors";
import { page } from "./paging";
import { need } from "./rbac";

/**
 * GET /subscriptions/{s}/providers/Microsoft.ContainerService/locations/{location}/trustedAccessRoles. The path has no resource group, so the
 * right must be held at the subscription; the action's name follows ARM's convention, no public list has it.
 */
export function listTrustedAccessRoles(call: ArmCall): Reply {
  const [subscriptionId = "", location = ""] = call.params;
  need(call, "Microsoft.ContainerService/locations/trustedAccessRoles/read", `/subscriptions/${subscriptionId}`);
  const name = regionName(location);
  if (name === null)
    throw new ArmError(
      400,
      "LocationNotAvailableForResourceType",
      `The provided location '${location}' is not available for resource type 'Microsoft.ContainerService/locations'.`,
    );
  const roles = call.world.store.table("catalogues").get(name)?.roles ?? [];
  return { status: 200, body: page(call, roles, knobsOf(call.world).listPageSize) };
}
