import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { planDigest } from "@/lib/plans/digest";
import { planChanges } from "@/lib/plans/diff";
import type { BindingPlan } from "@/lib/plans/plan";
import { PlanShape, type BindingInput } from "@/lib/requests/schema";
import { liveRoles, rule } from "@/lib/roles/testing";
import { planBinding } from "./plan";
import {
  at,
  binding,
  bindingFacts,
  cluster,
  clusterId,
  defenderId,
  grantInput,
  inference,
  mlworkload,
  planningContext,
  readable,
  refused,
  revokeInput,
  subscriptionId,
  updateInput,
  vaultId,
  workspace,
  workspaceId,
} from "./testing";

type Facts = Parameters<typeof bindingFacts>[0];
type Context = Parameters<typeof planningContext>[0];

function planOf(input: BindingInput, facts: Facts = {}, context: Context = {}): BindingPlan {
  const { plan } = planBinding(input, bindingFacts(facts), planningContext(context));
  if (plan === null) throw new Error("There is no plan.");
  return plan;
}
const own = (changes: Parameters<typeof binding>[1] = {}) => ({ bindings: readable([binding("ml-dev-mlworkload", changes)]) });
const bindingId = `${clusterId}/trustedAccessRoleBindings/ml-dev-mlworkload`;
const fact = (plan: BindingPlan, key: string) => plan.guardedFacts.find((one) => one.key === key);

describe("a grant", () => {
  const plan = planOf(grantInput());
  test("is one PUT with exactly this body", () => {
    expect(plan.steps).toHaveLength(1);
    expect(plan.steps[0]).toMatchObject({
      id: "put-binding",
      method: "PUT",
      resourceId: bindingId,
      apiVersion: "2025-10-01",
      scope: clusterId,
      action: "Microsoft.ContainerService/managedClusters/trustedAccessRoleBindings/write",
      body: { properties: { sourceResourceId: workspaceId, roles: [mlworkload] } },
    });
    expect(plan.before).toBeNull();
    expect(plan.after).toEqual({ name: "ml-dev-mlworkload", sourceResourceId: workspaceId, roles: [mlworkload] });
  });
  test("says in one sentence who gets what, where and how long", () => {
    expect(plan.sentence).toBe("Give the workspace ml-dev mlworkload on the cluster aks-dev, without an end.");
    expect(planOf(grantInput({ hours: 72, roles: [mlworkload, inference] })).sentence).toBe(
      "Give the workspace ml-dev inference-v1 and mlworkload on the cluster aks-dev, for 3 days.",
    );
  });
  test("guards the name, the source's bindings, its identity and the cluster", () => {
    expect(plan.guardedFacts.map(({ key, verified, value }) => [key, verified, value])).toEqual([
      ["binding-of-that-name", true, null],
      ["bindings-of-this-source", true, []],
      ["source-id", true, workspaceId.toLowerCase()],
      ["source-principal", true, "aaaaaaaa-0000-0000-0000-000000000001"],
      ["cluster-id", true, clusterId.toLowerCase()],
      ["cluster-uid", true, "6553f7a0c3e0a50001b1b2b3"],
    ]);
  });
  test("carries rules, risk and the policy's verdict", () => {
    expect(plan.roles[0]).toMatchObject({ fullName: mlworkload, verified: true, risk: "medium", snapshotAt: at });
    expect(plan.risk.level).toBe("medium");
    expect(plan.verdict.approvals).toBe(1);
    const critical = planOf(grantInput({ roles: [mlworkload, inference] }));
    expect(critical.risk.level).toBe("critical");
    expect(critical.risk.reasons[0]?.level).toBe("critical");
    expect(critical.verdict.approvals).toBe(2);
  });
  test("is of the shape that the API answers", () => {
    expect(PlanShape.safeParse(plan).success).toBe(true);
    expect(JSON.parse(JSON.stringify(plan))).toEqual(plan);
  });
  test("says what would void it", () => {
    expect(plan.voidedBy).toContain("Somebody makes a binding of that name on the cluster.");
    expect(plan.voidedBy).toContain("Microsoft changes the rules of mlworkload.");
  });
  test("suggests a name that is free", () => {
    expect(planBinding(grantInput(), bindingFacts(own()), planningContext()).suggestedName).toBe("ml-dev-mlworkload-2");
  });
});

describe("a change", () => {
  test("of roles is one PUT that keeps Azure's spelling of the source and sets the roles as a whole", () => {
    const plan = planOf(updateInput({ sourceResourceId: workspaceId.toUpperCase() }), own());
    expect(plan.steps.map((step) => step.id)).toEqual(["put-binding"]);
    expect(plan.steps[0]?.body).toEqual({ properties: { sourceResourceId: workspaceId, roles: [inference, mlworkload] } });
    expect(plan.before).toEqual({ name: "ml-dev-mlworkload", sourceResourceId: workspaceId, roles: [mlworkload] });
    expect(plan.sentence).toBe(
      "Change the binding ml-dev-mlworkload on the cluster aks-dev: the workspace ml-dev gets inference-v1, keeps mlworkload, without an end.",
    );
  });
  test("of the source is a DELETE, then a PUT", () => {
    const plan = planOf(
      updateInput({ sourceResourceId: vaultId, roles: ["Microsoft.DataProtection/backupVaults/backup-operator"] }),
      own(),
    );
    expect(plan.steps.map((step) => [step.id, step.method])).toEqual([
      ["delete-binding", "DELETE"],
      ["put-binding", "PUT"],
    ]);
    expect(plan.sentence).toContain(
      "the backup vault vault-1 gets backup-operator, without an end, and the workspace ml-dev loses mlworkload",
    );
    expect(plan.steps[1]?.readsFirst).toContain("it must not be there");
  });
});

describe("a revocation", () => {
  const plan = planOf(revokeInput(), own());
  test("is one DELETE without a body", () => {
    expect(plan.steps).toMatchObject([
      {
        id: "delete-binding",
        method: "DELETE",
        body: null,
        action: "Microsoft.ContainerService/managedClusters/trustedAccessRoleBindings/delete",
      },
    ]);
    expect(plan.after).toBeNull();
    expect(plan.risk.level).toBe("low");
    expect(plan.roles).toEqual([]);
  });
  test("rests on the binding and the cluster alone", () => {
    expect(plan.guardedFacts.map((one) => one.key)).toEqual(["binding-of-that-name", "cluster-id", "cluster-uid"]);
    expect(planDigest(planOf(revokeInput(), { ...own(), source: { state: "absent" } }))).toBe(planDigest(plan));
  });
  test("works for a source whose id Bindery cannot read", () => {
    expect(planOf(revokeInput(), own({ sourceResourceId: "/odd/.." })).sentence).toContain("away from the resource /odd/..");
  });
  test("finds the binding whatever the case of its name, and writes the name as Azure does", () => {
    expect(planOf(revokeInput({ name: "ML-DEV-MLWORKLOAD" }), own()).target.bindingId).toBe(bindingId);
  });
});

describe("reducing", () => {
  const approvals = (input: BindingInput, facts: Facts = {}) =>
    planOf(input, { ...own({ roles: [mlworkload, inference] }), ...facts }, { requesterIsApprover: true }).verdict.approvals;
  const timed = (remindAt: string | null) => ({
    approved: {
      name: "ml-dev-mlworkload",
      sourceResourceId: workspaceId,
      roles: [mlworkload, inference],
      state: "approved-present" as const,
      remindAt,
    },
  });
  test("a revoke, fewer roles and a shorter time need no second person when an approver asks", () => {
    expect(approvals(revokeInput())).toBe(0);
    expect(approvals(updateInput({ roles: [mlworkload] }), timed(null))).toBe(0);
    expect(approvals(updateInput({ hours: 8 }), timed(null))).toBe(0);
    expect(approvals(updateInput({ hours: 1 }), timed("2026-11-24T12:00:00.000Z"))).toBe(0);
  });
  test("what nobody approved here is not approved by one person alone, even with fewer roles or an end", () => {
    expect(approvals(updateInput({ roles: [mlworkload] }))).toBe(1);
    expect(approvals(updateInput({ hours: 8 }))).toBe(2);
    const removed = { approved: { ...timed(null).approved, state: "approved-absent" as const } };
    expect(approvals(updateInput({ hours: 8 }), removed)).toBe(2);
  });
  test("more roles, a longer time, another source or no change at all do", () => {
    expect(approvals(updateInput({ roles: [mlworkload, inference] }))).toBe(2);
    expect(approvals(updateInput({ roles: [mlworkload], hours: 8 }), timed("2026-11-24T12:00:00.000Z"))).toBe(1);
    expect(approvals(updateInput({ roles: [mlworkload], hours: null }), timed("2026-11-24T12:00:00.000Z"))).toBe(1);
    expect(approvals(updateInput({ sourceResourceId: vaultId, roles: [mlworkload] }))).toBe(1);
  });
});

describe("facts that cannot be read", () => {
  test("bindings: the grant is planned, and its guarded facts are not verified", () => {
    const plan = planOf(grantInput(), { bindings: refused("x", clusterId) });
    expect(fact(plan, "binding-of-that-name")).toMatchObject({ verified: false, value: null });
    expect(plan.target.slotsUsed).toBeNull();
  });
  test("bindings: a change or a revocation cannot be planned", () => {
    for (const input of [updateInput(), revokeInput()])
      expect(planBinding(input, bindingFacts({ bindings: refused("x", clusterId) }), planningContext()).plan).toBeNull();
  });
  test("the catalogue: the role counts as critical, with the rules of the last reading", () => {
    const plan = planOf(grantInput(), { catalogue: refused("x", clusterId) });
    expect(plan.roles[0]).toMatchObject({ verified: false, risk: "critical", snapshotAt: at });
    expect(plan.roles[0]?.rules).toHaveLength(1);
    expect(plan.roles[0]?.reasons.map((reason) => reason.code)).toEqual(["not-verified", "proxy", "traffic-write"]);
    expect(plan.verdict.approvals).toBe(2);
  });
  test("writers: unknown is null, never an empty list", () => {
    expect(planOf(grantInput(), { writers: refused("x", workspaceId) }).indirect).toBeNull();
    expect(planOf(grantInput()).indirect).toEqual([]);
  });
});

describe("the digest", () => {
  const base = planOf(grantInput());
  const same: [string, BindingPlan][] = [
    [
      "slots, locks and power state",
      planOf(grantInput(), {
        bindings: readable([binding("other", { sourceResourceId: vaultId })]),
        cluster: readable({ ...cluster, powerState: "Stopped" }),
      }),
    ],
    ["who planned, and when", planOf(grantInput(), {}, { planner: { oid: "x", name: "Someone" }, now: new Date("2027-01-01T00:00:00Z") })],
    [
      "what the source holds elsewhere, and who writes to it",
      planOf(grantInput(), {
        sourceElsewhere: [{ clusterId, clusterName: "x", bindingName: "y", roles: [] }],
        writers: readable([{ principalId: "p", principalType: "User", roleName: "Owner", scope: "/" }]),
      }),
    ],
    ["an unrelated edit of the policy", planOf(grantInput(), {}, { policyHash: "another" })],
    ["case and order of roles", planOf(grantInput({ roles: [mlworkload.toUpperCase()] }))],
    [
      "the case of the cluster's id in Azure's answer",
      planOf(grantInput(), { cluster: readable({ ...cluster, id: clusterId.replace("resourceGroups", "resourcegroups") }) }),
    ],
  ];
  test.each(same)("does not change with %s", (_what, plan) => {
    expect(planDigest(plan)).toBe(planDigest(base));
    expect(planChanges(base, plan)).toEqual([]);
  });

  const changedRules = liveRoles.map((role) =>
    role.name === "mlworkload" ? { ...role, rules: [...role.rules, rule("get", "core", "secrets")] } : role,
  );
  const other: [string, BindingPlan, string][] = [
    [
      "another binding of this source",
      planOf(grantInput(), { bindings: readable([binding("older", { roles: [inference] })]) }),
      "This source's bindings on the cluster changed from none to older microsoft.machinelearningservices/workspaces/inference-v1.",
    ],
    [
      "the source's identity",
      planOf(grantInput(), { source: readable({ ...workspace, identity: { ...workspace.identity, principalId: "cccccccc" } }) }),
      "The source's identity (principal id) changed from aaaaaaaa-0000-0000-0000-000000000001 to cccccccc.",
    ],
    ["the source's end", planOf(grantInput(), { source: { state: "absent" } }), "The source resource is gone; it was "],
    [
      "a cluster made anew",
      planOf(grantInput(), { cluster: readable({ ...cluster, resourceUid: "new" }) }),
      "The cluster's unique id (changes when it is made anew) changed from 6553f7a0c3e0a50001b1b2b3 to new.",
    ],
    [
      "the rules of a granted role",
      planOf(grantInput(), { catalogue: readable({ subscriptionId, location: "eastus", roles: changedRules }) }),
      `Azure changed the rules of ${mlworkload}: now core: secrets [get].`,
    ],
    ["another duration", planOf(grantInput({ hours: 8 })), "The duration is now 8 hours; it was no end."],
    [
      "another verdict",
      planOf(grantInput(), {}, { production: true }),
      "By policy two persons have to approve. Before, one person has to approve.",
    ],
    [
      "another api-version",
      planOf(grantInput(), {}, { apiVersions: { binding: "2026-01-01" } }),
      "The call “Create the role binding ml-dev-mlworkload on aks-dev” is another one",
    ],
    ["another cloud", planOf(grantInput(), {}, { cloud: "AzureChina" }), "The cloud is now AzureChina; it was AzurePublic."],
  ];
  test.each(other)("changes with %s, and the change is told", (_what, plan, sentence) => {
    expect(planDigest(plan)).not.toBe(planDigest(base));
    expect(planChanges(base, plan).join(" ")).toContain(sentence);
  });

  test("a change that is told is a change of the digest, and the reverse", () => {
    const plans = [base, ...same.map(([, plan]) => plan), ...other.map(([, plan]) => plan)];
    fc.assert(
      fc.property(fc.constantFrom(...plans), fc.constantFrom(...plans), (a, b) => {
        expect(planChanges(a, b).length === 0).toBe(planDigest(a) === planDigest(b));
      }),
    );
  });
});

test("a Defender binding of a subscription is revoked like any other", () => {
  const plan = planOf(revokeInput({ name: "defender-cspm" }), {
    bindings: readable([binding("defender-cspm", { sourceResourceId: defenderId })]),
  });
  expect(plan.sentence).toBe(
    "Take mlworkload on the cluster aks-dev away from the Defender plan CloudPosture: delete the binding defender-cspm.",
  );
});
