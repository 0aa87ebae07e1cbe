import { hazards } from "./hazards";
import type { Rule } from "./rules";

/** How dangerous the rules of a role are. */
export type RiskLevel = "low" | "medium" | "critical";
/** One reason for the level: what the rules allow, and why that matters, in words for people. */
export type RiskReason = { level: RiskLevel; code: string; text: string };

const rank: Record<RiskLevel, number> = { low: 0, medium: 1, critical: 2 };

/**
 * The risk of rules, with every reason, the worst first. It reads the rules alone, so that a role that Microsoft adds or changes is
 * judged the day it appears. Three judgements:
 * - `update` of pods counts as creating workloads: Kubernetes lets an update swap the image of a running container.
 * - A wildcard inside one named API group is at least medium, even read-only: its extent is not known. In a group with dangerous kinds
 *   (core, apps, RBAC …) the wildcard contains those kinds, and their own reasons make it critical.
 * - `resourceNames` do not lower the level: a single named secret may be the one that matters, and `create` ignores names.
 *
 * Empty rules allow nothing and are low. Rules that nobody could read are not empty: the planner marks such a role as not verified, and
 * the policy then treats it as critical.
 */
export function riskOf(rules: Rule[]): { level: RiskLevel; reasons: RiskReason[] } {
  const reasons: RiskReason[] = hazards
    .filter((hazard) => rules.some((rule) => hazard.in(rule)))
    .map(({ level, code, text }) => ({ level, code, text }));
  if (reasons.length > 0) return { level: highest(reasons.map((reason) => reason.level)), reasons };
  const text =
    rules.length === 0
      ? "The role has no rules: it allows nothing."
      : "Nothing in the rules reads secrets, runs code, changes permissions or interrupts workloads.";
  return { level: "low", reasons: [{ level: "low", code: rules.length === 0 ? "no-rules" : "bounded", text }] };
}

/** The highest of some levels; `low` for none. */
export function highest(levels: RiskLevel[]): RiskLevel {
  return levels.reduce((worst, level) => (rank[level] > rank[worst] ? level : worst), "low");
}

/** True when `level` is `floor` or worse. */
export function atLeast(level: RiskLevel, floor: RiskLevel): boolean {
  return rank[level] >= rank[floor];
}
