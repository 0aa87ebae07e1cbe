import type { Answer, BodyIn } from "@/lib/http/contract";

/** One request as its page reads it. */
export type RequestDetail = Answer<"GET /api/v1/requests/{id}">;
/** A plan as the browser gets it. */
export type PlanView = NonNullable<RequestDetail["plan"]>;
/** The plan of a change of one role binding. */
export type BindingPlanView = Extract<PlanView, { before: unknown }>;
/** The plan of a deployment or teardown. */
export type DeploymentPlanView = Extract<PlanView, { settings: unknown }>;
/** The plan of a change of authorized ranges. */
export type NetworkPlanView = Exclude<PlanView, BindingPlanView | DeploymentPlanView>;
export const isBindingPlanView = (plan: PlanView): plan is BindingPlanView => "before" in plan;
export const isDeploymentPlanView = (plan: PlanView): plan is DeploymentPlanView => "settings" in plan;
/** A plan about a list alone; that of a deployment may hold a change of one besides. */
export const isNetworkPlanView = (plan: PlanView): plan is NetworkPlanView => "network" in plan && !isDeploymentPlanView(plan);
export type RuleChangeView = RequestDetail["ruleChanges"][number];
export type Check = PlanView["preconditions"][number];
/** What the form sends. */
export type RequestBody = BodyIn<"POST /api/v1/requests">;
export type CheckAnswer = Answer<"POST /api/v1/requests/check">;
