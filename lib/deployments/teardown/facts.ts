import type { Readable, SourceResource } from "@/lib/azure/types";
import type { DeploymentPlan } from "@/lib/plans/plan";
import type { TeardownFacts } from "./input";

/** Everything that planning a teardown rests on, as one person's token could read it. */
export type TeardownPlanFacts = TeardownFacts & {
  /** Absent too where the request names none. */
  workspace: Readable<SourceResource>;
  /** An approved plan that the facts are held against. Left out when planning anew. */
  baseline?: DeploymentPlan;
};
