import { digestOf } from "@/lib/kernel/json";
import { idKey } from "@/lib/kernel/resource-id";
import type { Plan, PlanStep } from "./plan";
import type { Verdict } from "@/lib/policies/evaluate";

/**
 * The digest that an approval is of: SHA-256 over the canonical JSON of what the run will do and what that rests on. It covers kind,
 * cloud, tenant, the exact calls, duration, the verdict with its executor rule, the rules of the granted roles, and the guarded facts
 * that were verified. Words for people, slots and other preconditions, the rest of the policy document and the planner are left out.
 */
export function planDigest(plan: Plan): string {
  return digestOf(digestedPart(plan));
}

/** The part of a plan that its digest covers, in the form in which it is hashed. */
export function digestedPart(plan: Plan) {
  return {
    format: 1,
    kind: plan.kind,
    cloud: plan.cloud,
    tenantId: plan.tenantId.toLowerCase(),
    steps: plan.steps.map(stepPart),
    duration: plan.duration,
    verdict: verdictPart(plan.verdict),
    roles: plan.roles
      .map((role) => ({ fullName: role.fullName.toLowerCase(), rulesHash: role.verified ? role.rulesHash : null }))
      .sort(byText((role) => role.fullName)),
    ...("protectedSettings" in plan ? { protectedSettings: plan.protectedSettings.map(({ key, hash }) => ({ key, hash })) } : {}),
    guardedFacts: plan.guardedFacts
      .filter((fact) => fact.verified)
      .map(({ key, value }) => ({ key, value }))
      .sort(byText((fact) => fact.key)),
  };
}

// ARM ids differ in case from one answer to the next; the body is compared as it is sent.
function stepPart({ id, via, method, resourceId, apiVersion, query, body, action, scope }: PlanStep) {
  const call = { id, via, method, resourceId: idKey(resourceId), apiVersion, body, action, scope: idKey(scope) };
  return query === undefined ? call : { ...call, query };
}

/** Of the deciding rules only the ids count: another wording, or an edit elsewhere in the policy, voids nothing. */
function verdictPart({ policyHash: _hash, rules, ...values }: Verdict) {
  return { ...values, rules: rules.map((rule) => rule.id).sort() };
}

function byText<T>(of: (item: T) => string): (a: T, b: T) => number {
  return (a, b) => (of(a) < of(b) ? -1 : of(a) > of(b) ? 1 : 0);
}
