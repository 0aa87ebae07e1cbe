import type { Reply } from "../server/exchange";
import { regionName } from "../tenant/locations";
import { armEdition } from "../tenant/service-tag-editions";
import type { ServiceTag } from "../tenant/service-tags";
import { knobsOf } from "../world";
import type { ArmCall } from "./context";
import { ArmError } from "./errors";
import { page } from "./paging";
import { need } from "./rbac";

/**
 * GET /subscriptions/{s}/providers/Microsoft.Network/locations/{location}/serviceTags. The location picks no tags: those of all regions come back
 * (azure-rest-api-specs, Microsoft.Network, serviceTags.json). Change numbers are texts, and the list is called `values`. Whether Azure ever sends a
 * `nextLink` is not recorded; the control makes it do so. Throws 403 and, for a location that is none, 400.
 */
export function listServiceTags(call: ArmCall): Reply {
  const [subscriptionId = "", location = ""] = call.params;
  need(call, "Microsoft.Network/locations/serviceTags/read", `/subscriptions/${subscriptionId}`);
  if (regionName(location) === null)
    throw new ArmError(
      400,
      "LocationNotAvailableForResourceType",
      `The provided location '${location}' is not available for resource type 'Microsoft.Network/locations/serviceTags'.`,
    );
  const { serviceTags, serviceTagPageSize } = knobsOf(call.world);
  const { changeNumber, tags } = armEdition(serviceTags);
  const { value: values, nextLink } = page(call, tags.map(shown), serviceTagPageSize || tags.length);
  const body = {
    name: "public",
    id: `/subscriptions/${subscriptionId}/providers/Microsoft.Network/serviceTags/public`,
    type: "Microsoft.Network/serviceTags",
    changeNumber: String(changeNumber),
    cloud: "Public",
    values,
    ...(nextLink === undefined ? {} : { nextLink }),
  };
  return { status: 200, body };
}

function shown({ name, changeNumber, region, systemService, addressPrefixes }: ServiceTag): object {
  const properties = { changeNumber: String(changeNumber), region, systemService, addressPrefixes, state: "GA" };
  return { name, id: name, serviceTagChangeNumber: String(changeNumber), properties };
}
