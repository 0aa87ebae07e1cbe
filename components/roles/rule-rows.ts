import type { Rule } from "@/lib/roles/rules";

/** One line of a rules table, in Kubernetes words. */
export type RuleRow = { group: string; resources: string[]; names: string[]; verbs: string[] };

const verbOrder = ["get", "list", "watch", "create", "update", "patch", "delete", "deletecollection"];

/**
 * The rules of a role as table lines: the core group is called `core`, a star is spelt out, rules that differ in their resources
 * alone share a line. URLs outside resources come last, with the group `URL`.
 */
export function ruleRows(rules: readonly Rule[]): RuleRow[] {
  const rows = new Map<string, RuleRow>();
  for (const rule of rules) {
    const verbs = sortedVerbs(rule.verbs);
    for (const group of rule.apiGroups) {
      if (rule.resources.length > 0)
        add(rows, { group: groupWord(group), resources: rule.resources.map(resourceWord), names: [...rule.resourceNames], verbs });
    }
    if (rule.nonResourceURLs.length > 0) add(rows, { group: "URL", resources: [...rule.nonResourceURLs], names: [], verbs });
  }
  return [...rows.values()].sort((one, other) => rank(one) - rank(other) || one.group.localeCompare(other.group));
}

function add(rows: Map<string, RuleRow>, row: RuleRow): void {
  const key = [row.group, row.names.join(), row.verbs.join()].join("|");
  const known = rows.get(key);
  if (known === undefined) rows.set(key, row);
  else known.resources.push(...row.resources.filter((resource) => !known.resources.includes(resource)));
}

function rank(row: RuleRow): number {
  if (row.group === "URL") return 2;
  return row.group === "core" ? 0 : 1;
}

function groupWord(group: string): string {
  if (group === "") return "core";
  return group === "*" ? "every group" : group;
}

function resourceWord(resource: string): string {
  return resource === "*" ? "every resource" : resource;
}

function sortedVerbs(verbs: readonly string[]): string[] {
  if (verbs.includes("*")) return ["every verb"];
  const place = (verb: string) => (verbOrder.includes(verb) ? verbOrder.indexOf(verb) : verbOrder.length);
  return [...new Set(verbs)].sort((one, other) => place(one) - place(other) || one.localeCompare(other));
}
