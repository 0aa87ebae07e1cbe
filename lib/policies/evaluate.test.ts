import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { defaultPolicy } from "./default-policy";
import { evaluatePolicy, type PolicyFacts, type Verdict } from "./evaluate";
import { parsePolicy, type PolicyDocument, type PolicyRule, type RuleMatch, type RuleSettings } from "./schema";
import { policyFacts } from "./testing";

const byDefault = (changes: Partial<PolicyFacts> = {}): Verdict => evaluatePolicy(defaultPolicy, "hash", policyFacts(changes));
const role = (risk: "low" | "medium" | "critical", verified = true) => [{ fullName: "A.B/c/role", risk, verified }];
const ruleOf = (id: string, match: RuleMatch, set: RuleSettings): PolicyRule => ({ id, description: id, match, set });
const policyOf = (rules: PolicyRule[], defaults: RuleSettings = {}): PolicyDocument => parsePolicy({ version: 1, defaults, rules }, "test");
const verdictOf = (rules: PolicyRule[], changes: Partial<PolicyFacts> = {}, defaults: RuleSettings = {}): Verdict =>
  evaluatePolicy(policyOf(rules, defaults), "hash", policyFacts(changes));

describe("the built-in policy", () => {
  test("a plain grant needs one approver who signed in within eight hours, and a reason", () => {
    const verdict = byDefault();
    expect(verdict).toMatchObject({
      approvals: 1,
      approverRole: "Approver",
      executor: "approver",
      reasonRequired: true,
      stepUp: { authenticationContext: null, maxSignInAgeMinutes: 480 },
      refusals: [],
    });
    expect(verdict.rules).toEqual([
      {
        id: "everything",
        because:
          "Since it holds for every request: one person has to approve; approvers hold the portal role Approver; a reason is required; an approver's sign-in is at most 8 hours old.",
      },
    ]);
  });

  test("a critical role needs two, and says which rule decided why", () => {
    const verdict = byDefault({ roles: role("critical") });
    expect(verdict.approvals).toBe(2);
    expect(verdict.rules.find((rule) => rule.id === "critical-roles")?.because).toBe(
      "Since the risk is critical, and it gives or keeps access: two persons have to approve.",
    );
  });

  test("a production cluster needs two", () => {
    const verdict = byDefault({ production: true });
    expect(verdict.approvals).toBe(2);
    expect(verdict.rules.map((rule) => rule.id)).toEqual(["everything", "production"]);
  });

  test("a role whose rules could not be read takes the stricter rule, whatever its risk seems to be", () => {
    const verdict = byDefault({ roles: role("low", false) });
    expect(verdict.approvals).toBe(2);
    expect(verdict.rules.find((rule) => rule.id === "critical-roles")?.because).toContain("could not be read and count as critical");
  });

  test("an approver takes access away without a second person, and then carries it out", () => {
    const verdict = byDefault({
      kind: "binding-revoke",
      reducing: true,
      requesterIsApprover: true,
      production: true,
      roles: [],
      hours: undefined,
    });
    expect(verdict).toMatchObject({ approvals: 0, executor: "requester", refusals: [] });
    expect(verdict.rules.map((rule) => rule.id)).toEqual(["everything", "reducing"]);
    expect(verdict.rules[0]?.because).not.toContain("has to approve");
    expect(verdict.rules[1]?.because).toBe(
      "Since it only takes access away: nobody else has to approve, since the requester is an approver.",
    );
  });

  test("a requester who is no approver needs one, even for taking away on production", () => {
    expect(byDefault({ kind: "binding-revoke", reducing: true, production: true, roles: [], hours: undefined }).approvals).toBe(1);
  });

  test("an approver who asks for more access still needs others", () => {
    expect(byDefault({ requesterIsApprover: true }).approvals).toBe(1);
    expect(byDefault({ requesterIsApprover: true, roles: role("critical") }).approvals).toBe(2);
  });

  test("a missing reason is refused in words", () => {
    expect(byDefault({ reason: "  " }).refusals).toEqual(["The policy asks for a reason: say why this is needed."]);
  });
});

describe("the strictest value wins", () => {
  test("over all matching rules, whatever their order", () => {
    const rules = [
      ruleOf("a", {}, { approvals: 1, maxHours: 100, ticketRequired: true, executor: "requester" }),
      ruleOf("b", {}, { approvals: 3, maxHours: 8, ticketRequired: false, executor: "approver", standing: true }),
    ];
    for (const order of [rules, [...rules].reverse()]) {
      expect(verdictOf(order)).toMatchObject({
        approvals: 3,
        maxHours: 8,
        ticketRequired: true,
        executor: "approver",
        standingAllowed: false,
      });
    }
  });

  test("defaults hold only where no matching rule decides", () => {
    const verdict = verdictOf([ruleOf("a", {}, { approvals: 1 })], {}, { approvals: 3, ticketRequired: true });
    expect(verdict).toMatchObject({ approvals: 1, ticketRequired: true });
    expect(verdict.refusals).toEqual(["The policy asks for a ticket: name it."]);
  });

  test("an empty policy is a strict one", () => {
    expect(verdictOf([])).toMatchObject({
      approvals: 1,
      approverRole: "Approver",
      reasonRequired: true,
      executor: "approver",
      requesterMayCarryOn: false,
      acceptDeleteLock: false,
      rules: [],
    });
  });

  test("a scoped approver role is stricter than the plain one", () => {
    expect(
      verdictOf([ruleOf("a", {}, { approverRole: "Approver.Payments" }), ruleOf("b", {}, { approverRole: "Approver" })]).approverRole,
    ).toBe("Approver.Payments");
  });

  test("demands that cannot both be met refuse the request instead of dropping one", () => {
    const verdict = verdictOf([ruleOf("a", {}, { approverRole: "Approver.A" }), ruleOf("b", {}, { approverRole: "Approver.B" })]);
    expect(verdict.refusals[0]).toContain(
      "The policy contradicts itself: approvers hold the portal role Approver.A, and approvers hold the portal role Approver.B.",
    );
  });

  test("a reducing rule lowers nothing for a request that does not reduce", () => {
    const rules = [ruleOf("a", {}, { approvals: 2 }), ruleOf("less", { reducing: true }, { approvals: 0 })];
    expect(verdictOf(rules, { requesterIsApprover: true }).approvals).toBe(2);
    expect(verdictOf(rules, { requesterIsApprover: true, reducing: true }).approvals).toBe(0);
    expect(verdictOf(rules, { requesterIsApprover: false, reducing: true }).approvals).toBe(2);
  });
});

describe("limits", () => {
  test("too long, standing, and exactly at the limit", () => {
    const rules = [ruleOf("short", {}, { maxHours: 48 })];
    expect(verdictOf(rules, { hours: 49 }).refusals).toEqual(["The policy allows at most 2 days; this asks for 49 hours: ask for less."]);
    expect(verdictOf(rules, { hours: 48 }).refusals).toEqual([]);
    expect(verdictOf(rules, { hours: null }).refusals).toEqual([
      "The policy does not allow access without an end: give a duration of at most 2 days.",
    ]);
    expect(verdictOf(rules, { hours: undefined }).refusals).toEqual([]);
    expect(verdictOf([ruleOf("no", {}, { standing: false })], { hours: null }).refusals).toEqual([
      "The policy does not allow access without an end: give a duration.",
    ]);
  });
});

describe("conditions", () => {
  const matches = (match: RuleMatch, changes: Partial<PolicyFacts> = {}): boolean =>
    verdictOf([ruleOf("x", match, { approvals: 3 })], changes).approvals === 3;
  test("lists, tags and patterns compare without regard to case", () => {
    expect(matches({ resourceGroups: ["ML-*"] })).toBe(true);
    expect(matches({ resourceGroups: ["ml"] })).toBe(false);
    expect(matches({ clusterTags: { TEAM: "vision" } })).toBe(true);
    expect(matches({ clusterTags: { team: "vision", env: "*" } })).toBe(false);
    expect(matches({ roles: ["*/MLWORKLOAD"] })).toBe(true);
    expect(matches({ sourceTypes: ["microsoft.machinelearningservices/*"] })).toBe(true);
    expect(matches({ subscriptions: ["22222222-2222-2222-2222-222222222222"] })).toBe(false);
    expect(matches({ kinds: ["binding-revoke", "binding-grant"] })).toBe(true);
    expect(matches({ production: false, reducing: false })).toBe(true);
  });
  test("every given condition must hold", () => {
    expect(matches({ kinds: ["binding-grant"], production: true })).toBe(false);
  });
  test("a dot in a pattern is a dot", () => {
    expect(matches({ resourceGroups: ["ml.dev.rg"] })).toBe(false);
  });
  test("a revoke gives no role, so that rules about roles do not match it", () => {
    expect(matches({ roles: ["*"] }, { kind: "binding-revoke", roles: [] })).toBe(false);
  });
});

const anySet = fc.record(
  {
    approvals: fc.nat(3),
    maxHours: fc.integer({ min: 1, max: 100 }),
    standing: fc.boolean(),
    ticketRequired: fc.boolean(),
    acceptDeleteLock: fc.boolean(),
    executor: fc.constantFrom("approver" as const, "requester" as const),
  },
  { requiredKeys: ["approvals"] },
);
const anyRules = fc.array(
  fc.record({ match: fc.record({ production: fc.boolean(), reducing: fc.boolean() }, { requiredKeys: [] }), set: anySet }),
  { maxLength: 6 },
);

test("another rule never makes a verdict looser, unless it is about reducing and the requester is an approver", () => {
  fc.assert(
    fc.property(anyRules, anySet, fc.boolean(), fc.boolean(), (some, set, production, reducing) => {
      const rules = some.map(({ match, set: one }, index) => ruleOf(`r${index}`, match, one));
      const facts = { production, reducing, requesterIsApprover: false };
      const base = [ruleOf("base", {}, { approvals: 0 }), ...rules];
      const before = verdictOf(base, facts);
      const after = verdictOf([...base, ruleOf("more", {}, set)], facts);
      expect(after.approvals).toBeGreaterThanOrEqual(before.approvals);
      expect(after.maxHours ?? Number.POSITIVE_INFINITY).toBeLessThanOrEqual(before.maxHours ?? Number.POSITIVE_INFINITY);
      expect(after.standingAllowed && !before.standingAllowed).toBe(false);
    }),
  );
});

test("the order of rules changes nothing but the order in which they are named", () => {
  fc.assert(
    fc.property(anyRules, fc.boolean(), fc.boolean(), (some, reducing, requesterIsApprover) => {
      const rules = some.map(({ match, set }, index) => ruleOf(`r${index}`, match, set));
      const { rules: named, ...one } = verdictOf(rules, { reducing, requesterIsApprover });
      const { rules: turned, ...other } = verdictOf([...rules].reverse(), { reducing, requesterIsApprover });
      expect(other).toEqual(one);
      expect(turned.map((rule) => rule.id).sort()).toEqual(named.map((rule) => rule.id).sort());
    }),
  );
});
