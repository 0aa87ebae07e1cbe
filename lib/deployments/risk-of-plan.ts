import type { WeighedRole } from "@/lib/bindings/planned-roles";
import type { DeploymentPlan } from "@/lib/plans/plan";
import { highest } from "@/lib/roles/risk";

type Risk = DeploymentPlan["risk"];

/** The risk of a deployment together with that of the roles that it gives: every reason once, the worst first. */
export function riskOfPlan(roles: readonly WeighedRole[], own: Risk): Risk {
  const reasons = [...own.reasons, ...roles.flatMap(({ role }) => role.reasons)];
  const unique = [...new Map(reasons.map((reason) => [reason.code, reason])).values()];
  const level = highest([own.level, ...roles.map(({ role }) => role.risk)]);
  return { level, reasons: [...unique.filter((one) => one.level === level), ...unique.filter((one) => one.level !== level)] };
}
