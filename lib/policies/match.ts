import { matchesPattern } from "@/lib/kernel/pattern";
import { highest, type RiskLevel } from "@/lib/roles/risk";
import type { RequestKind } from "@/lib/plans/plan";
import type { PolicyRule, RuleMatch } from "./schema";

/** What a policy looks at. */
export type PolicyFacts = {
  kind: RequestKind;
  /** Of the cluster. */
  subscriptionId: string;
  resourceGroup: string;
  clusterTags: Record<string, string>;
  production: boolean;
  /** Type of the source, as in its id; empty for a change of authorized ranges, which has none. */
  sourceType: string;
  /** Roles that the change gives; empty for a revoke. `verified` false: nobody could read the live rules. */
  roles: { fullName: string; risk: RiskLevel; verified: boolean }[];
  /** Risk of the change besides that of its roles, as of a list that may lock people out. Left out: none. */
  ownRisk?: RiskLevel;
  /** Whether the change only takes away: a revoke, fewer roles, a shorter time. */
  reducing: boolean;
  /** Whether the requester could approve it, were it another's. */
  requesterIsApprover: boolean;
  /** Hours; null: standing. Undefined for a revoke, which has no duration. */
  hours: number | null | undefined;
  reason: string;
  ticket: string | null;
};

/** Highest risk of the roles that the change gives. A role whose live rules were not readable is critical: what is not known is not safe. */
export function policyRisk(facts: PolicyFacts): RiskLevel {
  return highest([...facts.roles.map((role) => (role.verified ? role.risk : "critical")), facts.ownRisk ?? "low"]);
}

const nameOf = (kind: RequestKind): string =>
  kind === "network-authorize" ? "change of authorized ranges" : kind.replace(/^(binding|ml)-/, "");

type Test = { [K in keyof RuleMatch]-?: (wanted: NonNullable<RuleMatch[K]>, facts: PolicyFacts) => string | null };

/** For each condition: why it holds, in words, or null when it does not. */
const tests: Test = {
  kinds: (wanted, facts) => (wanted.includes(facts.kind) ? `this is a ${nameOf(facts.kind)}` : null),
  subscriptions: (wanted, facts) =>
    anyPattern(wanted, facts.subscriptionId) ? `the cluster is in subscription ${facts.subscriptionId}` : null,
  resourceGroups: (wanted, facts) =>
    anyPattern(wanted, facts.resourceGroup) ? `the cluster is in resource group ${facts.resourceGroup}` : null,
  clusterTags: (wanted, facts) => tagsText(wanted, facts.clusterTags),
  sourceTypes: (wanted, facts) => (anyPattern(wanted, facts.sourceType) ? `the source is a ${facts.sourceType}` : null),
  roles: (wanted, facts) => {
    const given = facts.roles.filter((role) => anyPattern(wanted, role.fullName)).map((role) => role.fullName);
    return given.length > 0 ? `it gives ${given.join(" and ")}` : null;
  },
  risk: (wanted, facts) => {
    const risk = policyRisk(facts);
    if (!wanted.includes(risk)) return null;
    const unread = facts.roles.filter((role) => !role.verified).map((role) => role.fullName);
    return unread.length > 0 ? `the rules of ${unread.join(" and ")} could not be read and count as critical` : `the risk is ${risk}`;
  },
  production: (wanted, facts) => (wanted === facts.production ? `the cluster is ${wanted ? "" : "not "}a production cluster` : null),
  reducing: (wanted, facts) => (wanted === facts.reducing ? (wanted ? "it only takes access away" : "it gives or keeps access") : null),
};

/** Why a rule applies to a request, in words; null when it does not. */
export function whyMatches(rule: PolicyRule, facts: PolicyFacts): string | null {
  const reasons: string[] = [];
  for (const key of Object.keys(rule.match) as (keyof RuleMatch)[]) {
    const wanted = rule.match[key];
    if (wanted === undefined) continue;
    const reason = (tests[key] as (wanted: unknown, facts: PolicyFacts) => string | null)(wanted, facts);
    if (reason === null) return null;
    reasons.push(reason);
  }
  return reasons.length === 0 ? "it holds for every request" : reasons.join(", and ");
}

function anyPattern(patterns: string[], text: string): boolean {
  return patterns.some((pattern) => matchesPattern(pattern, text));
}

function tagsText(wanted: Record<string, string>, tags: Record<string, string>): string | null {
  const found = Object.entries(wanted).map(([key, value]) =>
    Object.entries(tags).find(([name, held]) => name.toLowerCase() === key.toLowerCase() && matchesPattern(value, held)),
  );
  return found.some((tag) => tag === undefined) ? null : `the cluster is tagged ${found.map((tag) => tag?.join("=")).join(" and ")}`;
}
