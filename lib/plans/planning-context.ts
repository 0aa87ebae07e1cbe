import type { PolicyDocument } from "@/lib/policies/schema";
import type { Plan, Precondition } from "./plan";

/** What planning needs besides the request and the facts. */
export type PlanningContext = {
  policy: PolicyDocument;
  policyHash: string;
  /** Name of the cloud's configuration. */
  cloud: string;
  tenantId: string;
  /** The person whose token read the facts. */
  planner: { oid: string; name: string };
  requesterIsApprover: boolean;
  /** Whether the cluster carries a tag that marks production. */
  production: boolean;
  /** Api-versions of the gateways, those that the run will use. */
  apiVersions: { binding: string };
  now: Date;
};

/** The outcome of planning. `plan` is null when the cluster is not readable, or when there is nothing of that name that could be changed. */
export type Planned<P extends Plan = Plan> = { plan: P | null; checks: Precondition[]; blocked: boolean; suggestedName: string | null };
