import type { RequestKind } from "@/lib/plans/plan";
import type { PolicyDocument, RuleMatch, RuleSettings } from "./schema";
import { fields } from "./strictest";

/** A rule as the policies page shows it: when it applies and what it asks, in sentences. */
export type DescribedRule = { id: string; description: string; when: string[]; then: string[] };

/** The policy in words, rule by rule, with the defaults last. The shape is that of `PolicyAnswer.rules`. */
export function describePolicy(document: PolicyDocument): DescribedRule[] {
  const rules = document.rules.map((rule) => ({
    id: rule.id,
    description: rule.description,
    when: whenTexts(rule.match),
    then: thenTexts(rule.set, rule.match.reducing === true),
  }));
  const defaults = thenTexts(document.defaults, false);
  if (defaults.length === 0) return rules;
  return [
    ...rules,
    { id: "defaults", description: "What holds where no matching rule decides.", when: ["No matching rule decides it."], then: defaults },
  ];
}

const either = (items: string[]): string => (items.length < 2 ? (items[0] ?? "") : `${items.slice(0, -1).join(", ")} or ${items.at(-1)}`);
const kindWords = {
  "binding-grant": "a grant",
  "binding-update": "a change",
  "binding-revoke": "a revocation",
  "ml-deploy": "a deployment of Azure ML",
  "ml-teardown": "a teardown of Azure ML",
  "network-authorize": "a change of authorized ranges",
} as const satisfies Record<RequestKind, string>;

function whenTexts(match: RuleMatch): string[] {
  const texts: string[] = [];
  if (match.kinds) texts.push(`The request is ${either(match.kinds.map((kind) => kindWords[kind]))}.`);
  if (match.subscriptions) texts.push(`The cluster is in subscription ${either(match.subscriptions)}.`);
  if (match.resourceGroups) texts.push(`The cluster is in resource group ${either(match.resourceGroups)}.`);
  if (match.clusterTags)
    texts.push(
      `The cluster is tagged ${Object.entries(match.clusterTags)
        .map((tag) => tag.join("="))
        .join(" and ")}.`,
    );
  if (match.production !== undefined) texts.push(`The cluster is ${match.production ? "" : "not "}a production cluster.`);
  if (match.sourceTypes) texts.push(`The source is a ${either(match.sourceTypes)}.`);
  if (match.roles) texts.push(`It gives ${either(match.roles)}.`);
  if (match.risk) texts.push(`The risk is ${either(match.risk)}. A role whose rules cannot be read counts as critical.`);
  if (match.reducing !== undefined)
    texts.push(match.reducing ? "It only takes access away: a revocation, fewer roles, or a shorter time." : "It gives or keeps access.");
  return texts.length > 0 ? texts : ["Always."];
}

function thenTexts(set: RuleSettings, reducing: boolean): string[] {
  return fields.flatMap((field) => {
    const value = field.of(set);
    if (value === undefined) return [];
    const text = field.text(value);
    const limit = reducing && field.name === "approvals" ? ", when the requester is an approver" : "";
    return [`${text.charAt(0).toUpperCase()}${text.slice(1)}${limit}.`];
  });
}
