import type { Readable, RoleCatalogue } from "@/lib/azure/types";
import type { GatheredList } from "@/lib/network/authorize/gather";
import type { DeploymentPlan } from "@/lib/plans/plan";
import type { TrustedAccessRole } from "@/lib/roles/rules";
import type { DeploymentFacts } from "../preflight/facts";

/** Everything that planning a deployment rests on, as one person's token could read it. */
export type DeployFacts = DeploymentFacts & {
  /** The trusted access roles of the cluster's subscription and region, live. */
  catalogue: Readable<RoleCatalogue>;
  /** The newest stored catalogue, for when the live one is not readable. */
  snapshot: { roles: TrustedAccessRole[]; at: string } | null;
  /** The list of authorized ranges of the API server. Left out: there is none, or the request leaves it alone. */
  network?: GatheredList;
  /** An approved plan that the facts are held against. Left out when planning anew. */
  baseline?: DeploymentPlan;
};
