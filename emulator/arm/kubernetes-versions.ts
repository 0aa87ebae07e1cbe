import type { Reply } from "../server/exchange";
import { regionName } from "../tenant/locations";
import type { ArmCall } from "./context";
import { ArmError } from "./errors";
import { need } from "./rbac";

type Plans = ("KubernetesOfficial" | "AKSLongTermSupport")[];

/** What a region offers late in 2026: a preview, the newest three, and older ones by long-term support alone. The same in every region here. */
const offered: { version: string; patches: string[]; plans: Plans; isDefault?: true; isPreview?: true }[] = [
  { version: "1.36", patches: ["1.36.0"], plans: ["KubernetesOfficial"], isPreview: true },
  { version: "1.35", patches: ["1.35.0", "1.35.1"], plans: ["KubernetesOfficial", "AKSLongTermSupport"] },
  { version: "1.34", patches: ["1.34.1", "1.34.2"], plans: ["KubernetesOfficial", "AKSLongTermSupport"], isDefault: true },
  { version: "1.33", patches: ["1.33.5", "1.33.6"], plans: ["KubernetesOfficial", "AKSLongTermSupport"] },
  { version: "1.32", patches: ["1.32.9", "1.32.10"], plans: ["AKSLongTermSupport"] },
  { version: "1.31", patches: ["1.31.13"], plans: ["AKSLongTermSupport"] },
  { version: "1.30", patches: ["1.30.14"], plans: ["AKSLongTermSupport"] },
];

/** GET /subscriptions/{s}/providers/Microsoft.ContainerService/locations/{location}/kubernetesVersions: one list `values`, without pages. */
export function listKubernetesVersions(call: ArmCall): Reply {
  const [subscriptionId = "", location = ""] = call.params;
  need(call, "Microsoft.ContainerService/locations/kubernetesversions/read", `/subscriptions/${subscriptionId}`);
  if (regionName(location) === null)
    throw new ArmError(
      400,
      "LocationNotAvailableForResourceType",
      `The provided location '${location}' is not available for resource type 'Microsoft.ContainerService/locations'.`,
    );
  const values = offered.map(({ version, patches, plans, isDefault, isPreview }) => ({
    version,
    capabilities: { supportPlan: plans },
    ...(isDefault === undefined ? {} : { isDefault }),
    ...(isPreview === undefined ? {} : { isPreview }),
    patchVersions: Object.fromEntries(patches.map((patch, index) => [patch, { upgrades: patches.slice(index + 1) }])),
  }));
  return { status: 200, body: { values } };
}
