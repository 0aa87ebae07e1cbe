import { limitsBroken } from "./limits";
import { type PolicyFacts, whyMatches } from "./match";
import type { PolicyDocument, PolicyRule, RuleSettings } from "./schema";
import { type Decision, strictest } from "./strictest";
import { approvalText } from "./words";

export type { PolicyFacts } from "./match";

/** What the policy says about one plan: plain JSON, part of the digest. */
export type Verdict = {
  /** Version hash of the policy document that decided. */
  policyHash: string;
  /** Ids of the rules that decided, in the order of the document. */
  rules: { id: string; because: string }[];
  /** 0–3. */
  approvals: number;
  /** App role that an approver must hold, for example `Approver` or `Approver.Payments`. */
  approverRole: string;
  maxHours: number | null;
  standingAllowed: boolean;
  reasonRequired: boolean;
  ticketRequired: boolean;
  /** What the approver's sign-in must show. */
  stepUp: { authenticationContext: string | null; maxSignInAgeMinutes: number | null };
  executor: "approver" | "requester";
  requesterMayCarryOn: boolean;
  /** True when a timed grant may be made although a delete lock would stop its revocation. */
  acceptDeleteLock: boolean;
  /** Sentences: why the request as it stands is not allowed at all (too long, standing forbidden, ticket missing). Empty: allowed. */
  refusals: string[];
};

type Matched = { rule: PolicyRule; why: string };

/**
 * What the policy says about a request. All matching rules apply, and of each field the strictest value wins; `defaults` hold where no
 * matching rule decides. One exception: a rule that matches `reducing: true` may lower the approvals, for requesters who are approvers
 * themselves. Where nobody has to approve, the requester executes. The rules that decided are named with why.
 */
export function evaluatePolicy(document: PolicyDocument, hash: string, facts: PolicyFacts): Verdict {
  const matched = document.rules.flatMap((rule): Matched[] => {
    const why = whyMatches(rule, facts);
    return why === null ? [] : [{ rule, why }];
  });
  const lowering = matched.filter(({ rule }) => rule.match.reducing === true && rule.set.approvals !== undefined);
  const plain = matched.map(({ rule }): { id: string; set: RuleSettings } =>
    rule.match.reducing === true ? { id: rule.id, set: { ...rule.set, approvals: undefined } } : { id: rule.id, set: rule.set },
  );
  const decision = strictest(plain, document.defaults);
  const lowered = facts.requesterIsApprover ? lowest(lowering, decision.values.approvals) : null;
  const approvals = lowered?.rule.set.approvals ?? decision.values.approvals;
  const because = becauseOf(matched, decision, lowered);
  const verdict: Omit<Verdict, "refusals"> = {
    ...decision.values,
    policyHash: hash,
    rules: because,
    approvals,
    executor: approvals === 0 ? "requester" : decision.values.executor,
  };
  return { ...verdict, refusals: [...decision.conflicts, ...limitsBroken(verdict, facts).map((limit) => limit.message)] };
}

/** The rule that lowers the approvals furthest below `approvals`, of equal ones the first by id; null when none does. */
function lowest(rules: Matched[], approvals: number): Matched | null {
  const better = rules.filter(({ rule }) => (rule.set.approvals ?? approvals) < approvals);
  return better.sort((a, b) => (a.rule.set.approvals ?? 0) - (b.rule.set.approvals ?? 0) || (a.rule.id < b.rule.id ? -1 : 1))[0] ?? null;
}

/** Each rule that decided something, in the order of the document: why it applies, and what it decided. */
function becauseOf(matched: Matched[], decision: Decision, lowered: Matched | null): Verdict["rules"] {
  return matched.flatMap(({ rule, why }) => {
    const decided = (decision.decidedBy.get(rule.id) ?? [])
      .filter(({ field }) => lowered === null || field !== "approvals")
      .map(({ text }) => text);
    if (rule.id === lowered?.rule.id) decided.unshift(`${approvalText(rule.set.approvals ?? 0)}, since the requester is an approver`);
    return decided.length === 0 ? [] : [{ id: rule.id, because: `Since ${why}: ${decided.join("; ")}.` }];
  });
}
