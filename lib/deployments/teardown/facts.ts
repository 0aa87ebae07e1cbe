import type { Readable, SourceResource } from "@/lib/azure/types";
import type { DeploymentPlan } from "@/lib/plans/plan";
import type { TeardownFacts } from "./input";
import type { TeardownList } from "./network";

/** Everything that planning a teardown rests on, as one person's token could read it. */
export type TeardownPlanFacts = TeardownFacts & {
  /** Absent too where the request names none. */
  workspace: Readable<SourceResource>;
  /** The list of authorized ranges of the API server, with what of it Bindery added. Left out: there is none. */
  network?: TeardownList;
  /** An approved plan that the facts are held against. Left out when planning anew. */
  baseline?: DeploymentPlan;
};
