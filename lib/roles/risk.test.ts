import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { riskOf } from "./risk";
import type { Rule } from "./rules";
import { liveRoles, liveRules, rule } from "./testing";

const codes = (rules: Rule[]): string[] => riskOf(rules).reasons.map((reason) => reason.code);

describe("the seven live roles", () => {
  test("each has the level that its rules deserve", () => {
    expect(Object.fromEntries(liveRoles.map((role) => [role.name, riskOf(role.rules).level]))).toEqual({
      mlworkload: "medium",
      "inference-v1": "critical",
      "backup-operator": "medium",
      "microsoft-defender-operator": "critical",
      "microsoft-defender-policy-operator": "medium",
      "microsoft-defender-network-policy-operator": "critical",
      "mdc-response-operator": "critical",
    });
  });

  test("inference-v1 names everything that makes it critical", () => {
    expect(codes(liveRules("inference-v1"))).toEqual([
      "secrets-read",
      "pods-exec",
      "workloads-write",
      "volumes-create",
      "rbac-write",
      "namespaces-write",
      "proxy",
      "traffic-write",
      "workloads-delete",
      "config-maps-write",
      "secrets-write",
    ]);
  });

  test("the others name theirs", () => {
    expect(codes(liveRules("mlworkload"))).toEqual(["proxy", "traffic-write"]);
    expect(codes(liveRules("backup-operator"))).toEqual(["config-maps-write", "backups-restore"]);
    expect(codes(liveRules("microsoft-defender-operator"))).toEqual(["secrets-read", "nodes-proxy", "group-wildcard"]);
    expect(codes(liveRules("microsoft-defender-policy-operator"))).toEqual(["definitions-write", "group-wildcard"]);
    expect(codes(liveRules("microsoft-defender-network-policy-operator"))).toEqual(["workloads-write", "network-policies-write"]);
    expect(codes(liveRules("mdc-response-operator"))).toEqual([
      "workloads-write",
      "namespaces-write",
      "workloads-delete",
      "network-policies-write",
    ]);
  });
});

describe("single rules", () => {
  const critical: [string, Rule][] = [
    ["all-resources", rule("get", "*", "*")],
    ["all-verbs", rule("*", "example.com", "things")],
    ["secrets-read", rule("watch", "core", "secrets")],
    ["secrets-read", rule("list", "*", "secrets")],
    ["secrets-read", rule("get", "core", "*")],
    ["pods-exec", rule("create", "core", "pods/attach")],
    ["pods-exec", rule("get", "core", "*/exec")],
    ["pods-exec", rule("patch", "core", "pods/ephemeralcontainers")],
    ["workloads-write", rule("patch", "batch", "cronjobs")],
    ["workloads-write", rule("update", "apps", "*")],
    ["volumes-create", rule("create", "core", "persistentvolumes")],
    ["nodes-proxy", rule("get", "core", "nodes/proxy")],
    ["token-create", rule("create", "core", "serviceaccounts/token")],
    ["rbac-raise", rule("escalate", "rbac.authorization.k8s.io", "clusterroles")],
    ["rbac-write", rule("create", "rbac.authorization.k8s.io", "rolebindings")],
    ["impersonate", rule("impersonate", "core", "serviceaccounts")],
    ["impersonate", rule("impersonate", "authentication.k8s.io", "userextras/scopes userextras")],
    ["admission-write", rule("delete", "admissionregistration.k8s.io", "validatingwebhookconfigurations")],
    ["namespaces-write", rule("patch", "core", "namespaces")],
    ["certificates-approve", rule("update", "certificates.k8s.io", "certificatesigningrequests/approval")],
    ["api-services-write", rule("create", "apiregistration.k8s.io", "apiservices")],
  ];
  test.each(critical)("%s is critical", (code, one) => {
    expect(riskOf([one]).level).toBe("critical");
    expect(codes([one])).toContain(code);
  });

  test("bind or escalate is told apart from a plain RBAC write", () => {
    expect(codes([rule("create", "rbac.authorization.k8s.io", "clusterroles")])).toEqual(["rbac-write"]);
    expect(codes([rule("create bind", "rbac.authorization.k8s.io", "clusterroles")])).toEqual(["rbac-raise", "rbac-write"]);
  });

  test.each([
    [
      "reading pods, their logs and RBAC",
      [rule("get list watch", "core", "pods pods/log"), rule("get list", "rbac.authorization.k8s.io", "clusterroles")],
    ],
    ["secrets of another API group", [rule("get", "example.com", "secrets")]],
    ["pods does not reach pods/exec", [rule("get", "core", "pods")]],
    ["scaling a deployment", [rule("update", "apps", "deployments/scale")]],
    ["reading a health path", [{ ...rule("get", "core", ""), apiGroups: [], nonResourceURLs: ["/healthz"] }]],
  ])("%s is low", (_what, rules) => {
    expect(riskOf(rules).level).toBe("low");
  });

  test("a wildcard inside one API group is medium even when it only reads", () => {
    expect(riskOf([rule("get", "defender.microsoft.com", "*")]).level).toBe("medium");
  });

  test("a limit to named objects does not lower the level", () => {
    expect(riskOf([{ ...rule("get", "core", "secrets"), resourceNames: ["one"] }]).level).toBe("critical");
  });

  test("every path of the API server is medium", () => {
    expect(riskOf([{ ...rule("get", "core", ""), apiGroups: [], nonResourceURLs: ["*"] }]).level).toBe("medium");
  });
});

test("no rules allow nothing and are low, with a reason that says so", () => {
  expect(riskOf([])).toEqual({
    level: "low",
    reasons: [{ level: "low", code: "no-rules", text: "The role has no rules: it allows nothing." }],
  });
});

const words = (list: string[]) => fc.subarray(list, { minLength: 1 });
const anyRule = fc.record({
  verbs: words(["get", "list", "create", "update", "delete", "*"]),
  apiGroups: words(["", "apps", "*", "example.com"]),
  resources: words(["pods", "secrets", "pods/exec", "*", "things"]),
  resourceNames: fc.constant<string[]>([]),
  nonResourceURLs: fc.constant<string[]>([]),
});
const rank = { low: 0, medium: 1, critical: 2 };

test("more rules never lower the risk, and the first reason has the level", () => {
  fc.assert(
    fc.property(fc.array(anyRule, { maxLength: 4 }), fc.array(anyRule, { maxLength: 4 }), (some, more) => {
      expect(rank[riskOf([...some, ...more]).level]).toBeGreaterThanOrEqual(rank[riskOf(some).level]);
      expect(riskOf(some).reasons[0]?.level).toBe(riskOf(some).level);
    }),
  );
});
