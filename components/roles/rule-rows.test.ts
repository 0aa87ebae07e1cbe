import { expect, test } from "vitest";
import type { Rule } from "@/lib/roles/rules";
import { ruleRows } from "./rule-rows";

const rule = (parts: Partial<Rule>): Rule => ({
  verbs: ["get"],
  apiGroups: [""],
  resources: [],
  resourceNames: [],
  nonResourceURLs: [],
  ...parts,
});

test("the core group has a name, and verbs come in the usual order", () => {
  expect(ruleRows([rule({ verbs: ["delete", "create", "get", "escalate"], resources: ["pods"] })])).toEqual([
    { group: "core", resources: ["pods"], names: [], verbs: ["get", "create", "delete", "escalate"] },
  ]);
});

test("rules that differ in their resources alone share a line, without doubles", () => {
  const rows = ruleRows([rule({ resources: ["pods", "nodes"] }), rule({ resources: ["nodes", "secrets"] })]);
  expect(rows.map((row) => row.resources)).toEqual([["pods", "nodes", "secrets"]]);
});

test("a rule for named resources never joins a rule for all of them", () => {
  expect(ruleRows([rule({ resources: ["secrets"] }), rule({ resources: ["secrets"], resourceNames: ["tls"] })])).toHaveLength(2);
});

test("stars are spelt out", () => {
  expect(ruleRows([rule({ verbs: ["*"], apiGroups: ["*"], resources: ["*"] })])).toEqual([
    { group: "every group", resources: ["every resource"], names: [], verbs: ["every verb"] },
  ]);
});

test("several groups give a line each, the core group first and URLs last", () => {
  const rows = ruleRows([rule({ nonResourceURLs: ["/healthz"], apiGroups: [] }), rule({ apiGroups: ["batch", ""], resources: ["jobs"] })]);
  expect(rows.map((row) => row.group)).toEqual(["core", "batch", "URL"]);
});
