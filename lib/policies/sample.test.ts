import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { defaultPolicy } from "./default-policy";
import { evaluatePolicy, type PolicyFacts, type Verdict } from "./evaluate";
import { parsePolicy, PolicyDocument, PolicyRule, RuleMatch, RuleSettings } from "./schema";
import { policyFacts } from "./testing";

const docs = join(import.meta.dirname, "../../docs");
const text = readFileSync(join(docs, "policies.md"), "utf8");
const sample = parsePolicy(JSON.parse(readFileSync(join(docs, "policies/sample.json"), "utf8")), "docs/policies/sample.json");
const verdictOf = (changes: Partial<PolicyFacts>): Verdict => evaluatePolicy(sample, "hash", policyFacts(changes));
const ruleIds = (verdict: Verdict): string[] => verdict.rules.map(({ id }) => id);
const critical: PolicyFacts["roles"] = [{ fullName: "Microsoft.X/y/z", risk: "critical", verified: true }];

describe("the sample of docs/policies", () => {
  test("asks one approver who signed in lately for a plain grant, also for one without an end", () => {
    const verdict = verdictOf({ hours: null });
    expect(verdict).toMatchObject({ approvals: 1, approverRole: "Approver", executor: "approver", standingAllowed: true, refusals: [] });
    expect(verdict.stepUp).toEqual({ authenticationContext: null, maxSignInAgeMinutes: 240 });
    expect(ruleIds(verdict)).toEqual(["everything"]);
  });

  test("takes the strictest of every rule that matches for a critical role on a production cluster of payments", () => {
    const verdict = verdictOf({ production: true, resourceGroup: "RG-Payments-prod", roles: critical, hours: null, ticket: null });
    expect(verdict).toMatchObject({
      approvals: 2,
      approverRole: "Approver.Payments",
      maxHours: 168,
      stepUp: { authenticationContext: "c1", maxSignInAgeMinutes: 240 },
    });
    expect(verdict.refusals).toEqual([
      "The policy does not allow access without an end: give a duration of at most 7 days.",
      "The policy asks for a ticket: name it.",
    ]);
    expect(ruleIds(verdict)).toEqual(["everything", "production", "critical-roles", "payments"]);
    expect(verdictOf({ production: true, roles: critical, hours: 168, ticket: "CHG-1" }).refusals).toEqual([]);
  });

  test("lets the requester carry out in a sandbox, by subscription and tag together", () => {
    const sandbox = { subscriptionId: "11111111-1111-1111-1111-111111111111", clusterTags: { Purpose: "sandbox-vision" } };
    expect(verdictOf(sandbox)).toMatchObject({ approvals: 1, executor: "requester", requesterMayCarryOn: true });
    expect(verdictOf({ ...sandbox, clusterTags: {} })).toMatchObject({ executor: "approver", requesterMayCarryOn: false });
    expect(verdictOf({ ...sandbox, production: true, hours: 1, ticket: "CHG-1" })).toMatchObject({ executor: "approver" });
  });

  test("lets an approver revoke alone, and nobody else", () => {
    const revoke: Partial<PolicyFacts> = { kind: "binding-revoke", reducing: true, roles: [], hours: undefined, production: true };
    expect(verdictOf({ ...revoke, requesterIsApprover: true })).toMatchObject({ approvals: 0, executor: "requester", refusals: [] });
    expect(verdictOf({ ...revoke, requesterIsApprover: false })).toMatchObject({ approvals: 1, executor: "approver", refusals: [] });
  });
});

describe("docs/policies.md", () => {
  test("says something of every field", () => {
    const { stepUp, ...settings } = RuleSettings.shape;
    const fields = [
      ...[PolicyDocument.shape, PolicyRule.shape, RuleMatch.shape, settings].flatMap((shape) => Object.keys(shape)),
      ...Object.keys(stepUp.unwrap().shape).map((name) => `stepUp.${name}`),
    ];
    expect(fields.length).toBeGreaterThan(25);
    expect(fields.filter((name) => !text.includes(`| \`${name}\` |`))).toEqual([]);
  });

  test("tells each rule of the built-in policy as that says it", () => {
    expect(defaultPolicy.rules.filter(({ id, description }) => !text.includes(`| \`${id}\` | ${description} |`))).toEqual([]);
  });
});
