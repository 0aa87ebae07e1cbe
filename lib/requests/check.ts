import type { Actor } from "@/lib/auth/actor";
import { callerFor } from "@/lib/auth/caller";
import type { BodyOut, Answer } from "@/lib/http/contract";
import { diffRules } from "@/lib/roles/rule-diff";
import { alteredBindings, type Plan } from "@/lib/plans/plan";
import { isApprover, planWith } from "./planning";
import { exportsOf } from "./exports";
import { rulesBefore } from "./rules-before";

const rank = { blocking: 0, warning: 1, "not-verified": 2, ok: 3 } as const;

/** Checks a request as it is typed and previews its plan, with the asker's own rights. Stores nothing. */
export async function checkRequest(
  actor: Actor,
  input: BodyOut<"POST /api/v1/requests/check">,
): Promise<Answer<"POST /api/v1/requests/check">> {
  const fresh = await planWith(
    callerFor(actor),
    input,
    { tid: actor.tid, oid: actor.oid, isApprover: isApprover(actor) },
    { oid: actor.oid, name: actor.name },
  );
  const checks = [...fresh.checks].sort((a, b) => rank[a.status] - rank[b.status]);
  return {
    plan: fresh.plan,
    digest: fresh.plan === null ? null : fresh.digest,
    exports: fresh.plan === null ? null : exportsOf(fresh.plan),
    ruleChanges: fresh.plan === null ? [] : await ruleChangesOf(fresh.plan),
    checks,
    blocked: fresh.blocked,
    suggestedName: fresh.suggestedName,
    planning: fresh.plan !== null ? "planned" : fresh.cluster.state === "ok" ? "incomplete" : "cluster-not-readable",
  };
}

/** What the plan adds to and takes from Kubernetes, as rules. */
export async function ruleChangesOf(plan: Plan): Promise<ReturnType<typeof diffRules>> {
  const given = alteredBindings(plan).flatMap(({ after }) => after?.roles.map((name) => name.toLowerCase()) ?? []);
  const after = plan.roles.filter((role) => given.includes(role.fullName.toLowerCase())).flatMap((role) => role.rules);
  return diffRules(await rulesBefore(plan), after);
}
