import type { Plan, PlannedRole } from "@/lib/plans/plan";
import { riskOf } from "@/lib/roles/risk";
import { fullNameOf, type Rule, rulesHash } from "@/lib/roles/rules";
import type { BindingFacts } from "./facts";

/** What is known of the roles: live, stored, and as an approved plan has them. */
type RoleFacts = Pick<BindingFacts, "catalogue" | "snapshot"> & { baseline?: Pick<Plan, "roles"> };

/** A role of the plan, and whether the policy may rely on its rules. */
export type WeighedRole = { role: PlannedRole; reliable: boolean };

const unknown = {
  level: "critical",
  code: "not-verified",
  text: "The role's live rules were not readable with this sign-in, so it counts as critical.",
} as const;

/**
 * The granted roles with their rules and risk. Rules that were read live are verified. Else they come from the last stored catalogue, or
 * are empty, and the role counts as critical. Held against an approved plan, a role keeps the standing that it had there: rules verified
 * then stay reliable while no newer catalogue says otherwise, and rules not verified then are not digested now.
 */
export function plannedRoles(roles: string[], facts: RoleFacts): WeighedRole[] {
  return roles.map((fullName) => {
    const key = fullName.toLowerCase();
    const approved = facts.baseline?.roles.find((role) => role.fullName.toLowerCase() === key);
    const live =
      facts.catalogue.state === "ok" ? facts.catalogue.value.roles.find((role) => fullNameOf(role).toLowerCase() === key) : undefined;
    const stored = facts.snapshot?.roles.find((role) => fullNameOf(role).toLowerCase() === key);
    const at = facts.catalogue.state === "ok" ? facts.catalogue.at : null;
    if (approved !== undefined && !approved.verified) return { role: approved, reliable: false };
    if (live !== undefined) return { role: weigh(fullName, live.rules, at), reliable: true };
    if (facts.catalogue.state === "ok") return { role: unverified(fullName, [], null), reliable: false };
    if (approved !== undefined && (stored === undefined || rulesHash(stored.rules) === approved.rulesHash))
      return { role: approved, reliable: true };
    return { role: unverified(fullName, stored?.rules ?? [], stored === undefined ? null : (facts.snapshot?.at ?? null)), reliable: false };
  });
}

function weigh(fullName: string, rules: Rule[], at: string | null): PlannedRole {
  const { level, reasons } = riskOf(rules);
  return { fullName, rules, rulesHash: rulesHash(rules), risk: level, reasons, verified: true, snapshotAt: at };
}

function unverified(fullName: string, rules: Rule[], at: string | null): PlannedRole {
  const known = rules.length === 0 ? [] : riskOf(rules).reasons;
  return { fullName, rules, rulesHash: rulesHash(rules), risk: "critical", reasons: [unknown, ...known], verified: false, snapshotAt: at };
}
