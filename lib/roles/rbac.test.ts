import { describe, expect, test } from "vitest";
import type { KubernetesRole, KubernetesRoleBinding, KubernetesSubject } from "@/lib/azure/deployment-types";
import { findTrustedAccess } from "./find-trusted-access";
import { hazards } from "./hazards";
import { analyseRbac, clusterOnly } from "./rbac";
import type { Rule } from "./rules";
import { liveRules, rule } from "./testing";

const role = (name: string, rules: Rule[], namespace: string | null = null): KubernetesRole => ({
  namespace,
  name,
  labels: {},
  createdAt: null,
  rules,
});
const user = (name: string): KubernetesSubject => ({ kind: "User", name, namespace: null });
const group = (name: string): KubernetesSubject => ({ kind: "Group", name, namespace: null });
const account = (name: string, namespace: string | null): KubernetesSubject => ({ kind: "ServiceAccount", name, namespace });
const binding = (
  name: string,
  to: KubernetesRoleBinding["role"],
  subjects: KubernetesSubject[],
  namespace: string | null = null,
): KubernetesRoleBinding => ({ namespace, name, labels: {}, createdAt: null, role: to, subjects });
const clusterRole = (name: string) => ({ kind: "ClusterRole" as const, name });
const localRole = (name: string) => ({ kind: "Role" as const, name });

const secrets = role("secret-reader", [rule("get list", "core", "secrets")]);
const view = role("view", [rule("get list watch", "core", "pods services")]);
const proxy = role("proxy", [rule("get", "core", "services/proxy")]);
const admin = role("cluster-admin", [
  rule("*", "*", "*"),
  { ...rule("*", "core", ""), apiGroups: [], resources: [], nonResourceURLs: ["*"] },
]);

describe("what subjects hold", () => {
  test("is told by risk, with the reasons of the rules", () => {
    const found = analyseRbac(
      [secrets, view, proxy],
      [
        binding("a", clusterRole("view"), [user("ada")]),
        binding("b", clusterRole("proxy"), [user("ben")]),
        binding("c", clusterRole("secret-reader"), [user("cy")]),
      ],
    );
    expect(found.map(({ subject, risk, reasons }) => [subject.name, risk, reasons[0]?.code])).toEqual([
      ["cy", "critical", "secrets-read"],
      ["ben", "medium", "proxy"],
      ["ada", "low", "bounded"],
    ]);
    expect(found.every(({ scope }) => scope === "cluster")).toBe(true);
    expect(found[0]?.reasons[0]?.text).toContain("in every namespace");
  });

  test("by one role in several namespaces is one line", () => {
    const found = analyseRbac(
      [secrets],
      [
        binding("two", clusterRole("secret-reader"), [user("ada")], "ml-b"),
        binding("one", clusterRole("secret-reader"), [user("ada")], "ml-a"),
      ],
    );
    expect(found).toMatchObject([{ scope: ["ml-a", "ml-b"], bindings: ["one", "two"], risk: "critical" }]);
    expect(found[0]?.reasons[0]?.text).toContain("in 2 namespaces");
  });

  test("in one namespace and everywhere is everywhere", () => {
    const found = analyseRbac(
      [secrets],
      [binding("one", clusterRole("secret-reader"), [user("ada")], "ml-a"), binding("all", clusterRole("secret-reader"), [user("ada")])],
    );
    expect(found).toMatchObject([{ scope: "cluster", bindings: ["all", "one"] }]);
  });

  test("in a namespace is nothing that belongs to none", () => {
    const nodes = role("nodes", [rule("get create", "core", "nodes/proxy persistentvolumes")]);
    const inOne = (one: KubernetesRole) => analyseRbac([one], [binding("b", clusterRole(one.name), [user("ada")], "ml-a")])[0];
    expect(inOne(nodes)).toMatchObject({ risk: "low", reasons: [{ code: "bounded" }] });
    const codes = inOne(admin)?.reasons.map(({ code }) => code) ?? [];
    expect(codes).toContain("all-resources");
    expect(codes.filter((code) => clusterOnly.has(code))).toEqual([]);
    expect(inOne(admin)?.reasons[0]?.text).toContain("all there is in the namespace ml-a");
    expect(analyseRbac([nodes], [binding("b", clusterRole("nodes"), [user("ada")])])[0]?.risk).toBe("critical");
  });

  test("every hazard that belongs to no namespace is one of the hazards", () => {
    const known = new Set(hazards.map(({ code }) => code));
    expect([...clusterOnly].filter((code) => !known.has(code))).toEqual([]);
  });
});

describe("roles", () => {
  test("of a namespace are not those of another, nor of the cluster", () => {
    const local = role("same", [rule("get", "core", "secrets")], "ml-a");
    const other = role("same", [rule("get", "core", "pods")], "ml-b");
    const wide = role("same", [rule("get", "core", "services/proxy")]);
    const found = analyseRbac(
      [local, other, wide],
      [
        binding("a", localRole("same"), [user("ada")], "ml-a"),
        binding("b", localRole("same"), [user("ada")], "ml-b"),
        binding("c", clusterRole("same"), [user("ada")], "ml-b"),
      ],
    );
    expect(found.map(({ role: one, scope, risk }) => [one.kind, one.namespace, scope, risk])).toEqual([
      ["Role", "ml-a", ["ml-a"], "critical"],
      ["ClusterRole", null, ["ml-b"], "medium"],
      ["Role", "ml-b", ["ml-b"], "low"],
    ]);
  });

  test("that are not there give nothing, and say so", () => {
    expect(analyseRbac([], [binding("a", clusterRole("gone"), [user("ada")])])).toMatchObject([
      { risk: "medium", reasons: [{ code: "role-missing" }] },
    ]);
  });
});

describe("subjects", () => {
  test("of Kubernetes itself are marked and come last among equals; everybody comes first", () => {
    const names = ["system:kube-scheduler", "ada", "system:authenticated", "system:serviceaccount:ml:robot", "system:serviceaccounts:ml"];
    const found = analyseRbac([secrets], [binding("a", clusterRole("secret-reader"), names.map(group))]);
    expect(found.map(({ subject }) => [subject.name, subject.system, subject.everyone])).toEqual([
      ["system:authenticated", false, true],
      ["system:serviceaccounts:ml", false, true],
      ["ada", false, false],
      ["system:serviceaccount:ml:robot", false, false],
      ["system:kube-scheduler", true, false],
    ]);
  });

  test("that are service accounts belong to a namespace, the binding's where none is named", () => {
    const found = analyseRbac(
      [view],
      [binding("a", clusterRole("view"), [account("robot", "ml-a"), account("robot", null), account("robot", "ml-b")], "ml-b")],
    );
    expect(found.map(({ subject }) => subject.namespace)).toEqual(["ml-a", "ml-b"]);
  });

  test("a name is no separator: subjects with odd names stay apart", () => {
    const odd = [user('a","b'), user("a"), user('a"')];
    expect(analyseRbac([view], [binding("x", clusterRole("view"), odd)])).toHaveLength(3);
  });
});

test("nothing bound is nothing held", () => {
  expect(analyseRbac([admin], [])).toEqual([]);
  expect(analyseRbac([admin], [binding("a", clusterRole("cluster-admin"), [])])).toEqual([]);
});

describe("a trusted access binding in the cluster", () => {
  const full = "Microsoft.MachineLearningServices/workspaces/mlworkload";
  const wide = "Microsoft.MachineLearningServices/workspaces/inference-v1";
  const name = "aks:trustedaccessrole:ml-dev:mlworkload";
  const rules = new Map([[full, liveRules("mlworkload")]]);
  const roles = [role(name, liveRules("mlworkload"))];
  const bindings = [binding("aks:trustedaccessrolebinding:ml-dev:mlworkload", clusterRole(name), [user("aks:trustedaccess:ml-dev")])];

  test("is seen by its name and its role's rules, however they are grouped", () => {
    expect(findTrustedAccess(bindings, roles, "ml-dev", [full], rules)).toBe("seen");
    const split = [
      role(
        name,
        liveRules("mlworkload").flatMap((one) => one.resources.map((resource) => ({ ...one, resources: [resource] }))),
      ),
    ];
    expect(findTrustedAccess(bindings, split, "ML-Dev", [full.toUpperCase()], rules)).toBe("seen");
  });

  test("is not found without one of its roles, with other rules, under another name, or given to nobody", () => {
    expect(findTrustedAccess(bindings, roles, "ml-dev", [full, wide], new Map([...rules, [wide, liveRules("inference-v1")]]))).toBe(
      "not-found",
    );
    expect(findTrustedAccess(bindings, [role(name, liveRules("inference-v1"))], "ml-dev", [full], rules)).toBe("not-found");
    expect(findTrustedAccess(bindings, roles, "ml-prod", [full], rules)).toBe("not-found");
    expect(findTrustedAccess([binding("x", clusterRole(name), [])], roles, "ml-dev", [full], rules)).toBe("not-found");
    expect(findTrustedAccess([binding("x", clusterRole(name), [user("a")], "ml")], roles, "ml-dev", [full], rules)).toBe("not-found");
    expect(findTrustedAccess(bindings, roles, "ml-dev", [full], new Map())).toBe("not-found");
    expect(findTrustedAccess(bindings, roles, "ml-dev", [], rules)).toBe("not-found");
  });
});
