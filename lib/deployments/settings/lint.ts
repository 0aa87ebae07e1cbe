import type { SettingsFacts } from "./facts";
import type { Finding } from "./finding";
import type { UncheckedInput } from "./input";
import { certificateRules } from "./rules/certificate";
import { conflictRules } from "./rules/conflicts";
import { extensionRules } from "./rules/extension";
import { featureRules } from "./rules/features";
import { effectRules } from "./rules/effects";
import { keyRules } from "./rules/keys";
import { placeRules } from "./rules/places";
import { nodeRules } from "./rules/nodes";
import { lookAt, type Rule } from "./rules/rule";
import { tlsRules } from "./rules/tls";
import { tolerationRules } from "./rules/tolerations";
import { valueRules } from "./rules/values";
import { settingsTable } from "./table";

const rules: Rule[] = [
  keyRules,
  placeRules,
  valueRules,
  featureRules,
  tlsRules,
  certificateRules,
  nodeRules,
  tolerationRules,
  conflictRules,
  effectRules,
  extensionRules,
];
const levels = { error: 0, warning: 1, info: 2 } as const;
const place = new Map(settingsTable.map(({ key }, index) => [key, index]));

/**
 * Everything that is wrong, doubtful or worth knowing about the settings of the extension, errors first, then in the order of the
 * form. Leans on what the az CLI checks, on the documentation, and on what people ran into. The same input gives the same findings,
 * in whatever order its keys stand. A fix that is applied takes its finding away. Throws nothing.
 */
export function lintSettings(input: UncheckedInput, facts: SettingsFacts = {}): Finding[] {
  const look = lookAt(input, facts);
  return rules.flatMap((rule) => rule(look)).sort(inOrder);
}

/** True when nothing among the findings stops the request. */
export function isAllowed(findings: readonly Finding[]): boolean {
  return findings.every((one) => one.level !== "error");
}

function inOrder(a: Finding, b: Finding): number {
  return (
    levels[a.level] - levels[b.level] ||
    placeOf(a) - placeOf(b) ||
    compare(a.key, b.key) ||
    compare(a.rule, b.rule) ||
    compare(a.message, b.message)
  );
}

const placeOf = ({ key }: Finding): number => place.get(key) ?? settingsTable.length;
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
