import fc from "fast-check";
import { expect, test } from "vitest";
import { highest, riskOf } from "./risk";
import { describeRuleChange, diffRules } from "./rule-diff";
import {
  describeRule,
  fitsSource,
  normalizeRules,
  permissionKey,
  permissionsOf,
  type Rule,
  roleNameOf,
  rulesHash,
  sourceTypeOf,
} from "./rules";
import { liveRoles, liveRules, rule } from "./testing";

const some = (list: string[]) =>
  fc.subarray(list, { minLength: 1 }).chain((picked) => fc.shuffledSubarray(picked, { minLength: picked.length }));
const anyRule: fc.Arbitrary<Rule> = fc.record({
  verbs: some(["get", "list", "create", "delete", "*"]),
  apiGroups: some(["", "apps", "a,b", '["x"]']),
  resources: some(["pods", "secrets", "pods/exec", "*"]),
  resourceNames: fc.subarray(["one", "two"]),
  nonResourceURLs: fc.subarray(["/healthz", "*"]),
});
const anyRules = fc.array(anyRule, { maxLength: 5 });
const keys = (rules: Rule[]): string[] => permissionsOf(rules).map(permissionKey);

test("the empty API group reads as core", () => {
  expect(describeRule(rule("get list", "core", "services services/proxy"))).toBe("core: services, services/proxy [get list]");
  expect(describeRule({ ...rule("get", "apps", "deployments"), resourceNames: ["web"] })).toBe("apps: deployments only web [get]");
  expect(describeRule({ verbs: ["get"], apiGroups: [], resources: [], resourceNames: [], nonResourceURLs: ["/healthz"] })).toBe(
    "/healthz [get]",
  );
});

test("the hash does not mind order, repetition or grouping", () => {
  expect(rulesHash([rule("get list", "core", "pods"), rule("create", "core", "pods")])).toBe(
    rulesHash([rule("create list get get", "core", "pods pods")]),
  );
  fc.assert(
    fc.property(anyRules, (rules) => {
      const split = rules.flatMap((one) => one.verbs.map((verb) => ({ ...one, verbs: [verb] })));
      expect(rulesHash([...split, ...rules].reverse())).toBe(rulesHash(rules));
    }),
  );
});

test("the hash tells every different permission apart", () => {
  fc.assert(
    fc.property(anyRules, anyRules, (a, b) => {
      expect(rulesHash(a) === rulesHash(b)).toBe(JSON.stringify(keys(a)) === JSON.stringify(keys(b)));
    }),
  );
  expect(new Set(liveRoles.map((role) => rulesHash(role.rules))).size).toBe(liveRoles.length);
});

test("normal rules allow the same as before", () => {
  fc.assert(
    fc.property(anyRules, (rules) => {
      expect(keys(normalizeRules(rules))).toEqual(keys(rules));
    }),
  );
});

test("a role belongs to a source whose type begins with the role's, whatever the case", () => {
  const defender =
    "/subscriptions/11111111-1111-1111-1111-111111111111/providers/Microsoft.Security/pricings/CloudPosture/securityOperators/Op";
  const workspace =
    "/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/rg/providers/microsoft.machinelearningservices/Workspaces/ml";
  expect(fitsSource("Microsoft.Security/pricings/microsoft-defender-operator", defender)).toBe(true);
  expect(fitsSource("Microsoft.MachineLearningServices/workspaces/mlworkload", workspace)).toBe(true);
  expect(fitsSource("Microsoft.DataProtection/backupVaults/backup-operator", workspace)).toBe(false);
  expect(fitsSource("Microsoft.Security/pric/x", defender)).toBe(false);
});

test("a full name splits at its last slash", () => {
  expect(sourceTypeOf("Microsoft.MachineLearningServices/workspaces/inference-v1")).toBe("Microsoft.MachineLearningServices/workspaces");
  expect(roleNameOf("Microsoft.MachineLearningServices/workspaces/inference-v1")).toBe("inference-v1");
});

test("the diff groups verbs by kind of object: added, then removed, then kept, each with the most dangerous first", () => {
  expect(diffRules([rule("get list", "core", "pods")], [rule("get create", "core", "pods"), rule("get", "apps", "deployments")])).toEqual([
    { change: "added", risk: "critical", group: "core", resource: "pods", verbs: ["create"] },
    { change: "added", risk: "low", group: "apps", resource: "deployments", verbs: ["get"] },
    { change: "removed", risk: "low", group: "core", resource: "pods", verbs: ["list"] },
    { change: "kept", risk: "low", group: "core", resource: "pods", verbs: ["get"] },
  ]);
});

test("what changed since 2023 in microsoft-defender-operator is told in words", () => {
  const before = liveRules("microsoft-defender-operator").map((one) => ({
    ...one,
    resources: one.resources.filter((name) => !["secrets", "configmaps", "nodes/proxy"].includes(name)),
  }));
  const lines = diffRules(before, liveRules("microsoft-defender-operator"))
    .filter((line) => line.change !== "kept")
    .map(describeRuleChange);
  expect(lines).toEqual(["added core: nodes/proxy [get list]", "added core: secrets [get list]", "added core: configmaps [get list]"]);
});

test("a limit to named objects makes another permission", () => {
  const limited = { ...rule("get", "core", "secrets"), resourceNames: ["b", "a"] };
  expect(diffRules([rule("get", "core", "secrets")], [limited])).toEqual([
    { change: "added", risk: "critical", group: "core", resource: "secrets (only a, b)", verbs: ["get"] },
    { change: "removed", risk: "critical", group: "core", resource: "secrets", verbs: ["get"] },
  ]);
});

test("the lines of a diff are together as dangerous as the rules", () => {
  fc.assert(
    fc.property(anyRules, (rules) => {
      expect(highest(diffRules([], rules).map(({ risk }) => risk))).toBe(riskOf(rules).level);
    }),
  );
});

test("a diff has no change exactly when the hashes are equal, and turns around with its sides", () => {
  fc.assert(
    fc.property(anyRules, anyRules, (a, b) => {
      const changed = diffRules(a, b).filter((line) => line.change !== "kept");
      expect(changed.length === 0).toBe(rulesHash(a) === rulesHash(b));
      const turned = diffRules(b, a).filter((line) => line.change === "removed");
      expect(turned.map(({ group, resource, verbs }) => ({ group, resource, verbs }))).toEqual(
        diffRules(a, b)
          .filter((line) => line.change === "added")
          .map(({ group, resource, verbs }) => ({ group, resource, verbs })),
      );
    }),
  );
});
