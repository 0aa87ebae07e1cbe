import type { PolicyDocument } from "@/lib/policies/schema";

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
  /** Api-version of the binding gateway, the one that the run will use. */
  apiVersion: string;
  now: Date;
};
