import { expect, test } from "vitest";
import { isBinderyError } from "@/lib/kernel/errors";
import { PolicyAnswer } from "./schema-answer";
import { defaultPolicy } from "./default-policy";
import { describePolicy } from "./describe";
import { parsePolicy } from "./schema";

const mistakes = (document: unknown): string => {
  try {
    parsePolicy(document, "policy.json");
  } catch (error) {
    if (isBinderyError(error, "wrong_setting")) return error.message;
    throw error;
  }
  return "no mistake";
};
const withRule = (rule: object) => ({
  version: 1,
  rules: [{ id: "a", description: "A rule.", match: {}, set: { approvals: 1 }, ...rule }],
});

test("the built-in policy is a valid document", () => {
  expect(parsePolicy(JSON.parse(JSON.stringify(defaultPolicy)), "built-in")).toEqual(defaultPolicy);
});

test.each([
  ["approvals out of range", withRule({ set: { approvals: 4 } }), "rules[0].set.approvals: "],
  ["a misspelt setting", withRule({ set: { aprovals: 1 } }), "rules[0].set: "],
  ["a misspelt condition", withRule({ match: { prod: true } }), "rules[0].match: "],
  ["an empty list, which would match nothing", withRule({ match: { roles: [] } }), "rules[0].match.roles: at least one entry"],
  ["a role that approves by another name", withRule({ set: { approverRole: "Administrator" } }), "rules[0].set.approverRole: "],
  ["a rule that decides nothing", withRule({ set: {} }), "rules[0].set: at least one setting"],
  ["an unknown kind", withRule({ match: { kinds: ["ml-retrain"] } }), "rules[0].match.kinds[0]: "],
  ["another version", { version: 2, rules: [] }, "version: "],
  ["not an object", "text", "the document: "],
  [
    "an id used twice",
    { version: 1, rules: [...withRule({}).rules, ...withRule({}).rules] },
    "rules[1].id: an id of its own; a is used twice",
  ],
])("%s is refused with its place", (_what, document, place) => {
  expect(mistakes(document)).toContain(place);
});

test("every mistake is named, not only the first", () => {
  const text = mistakes(withRule({ id: "No Spaces", set: { approvals: 1.5 } }));
  expect(text).toContain("rules[0].id: ");
  expect(text).toContain("rules[0].set.approvals: a whole number");
});

test("the built-in policy in words", () => {
  const rules = describePolicy(defaultPolicy);
  expect(rules.map((rule) => rule.id)).toEqual(["everything", "critical-roles", "production", "reducing", "defaults"]);
  expect(rules[1]).toEqual({
    id: "critical-roles",
    description:
      "Roles that can read secrets, run code or change permissions, and lists of authorized ranges that may lock people or nodes out, need two persons.",
    when: ["The risk is critical. A role whose rules cannot be read counts as critical.", "It gives or keeps access."],
    then: ["Two persons have to approve."],
  });
  expect(rules[3]?.then).toEqual(["Nobody else has to approve, when the requester is an approver."]);
  expect(PolicyAnswer.shape.rules.safeParse(rules).success).toBe(true);
});
