import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { planDigest } from "@/lib/plans/digest";
import { planChanges } from "@/lib/plans/diff";
import type { BindingPlan } from "@/lib/plans/plan";
import type { BindingInput } from "@/lib/requests/schema";
import { liveRoles, rule } from "@/lib/roles/testing";
import { type BindingFacts, overlayFacts } from "./facts";
import { planBinding } from "./plan";
import {
  at,
  binding,
  bindingFacts,
  cluster,
  clusterId,
  grantInput,
  inference,
  planningContext,
  readable,
  refused,
  revokeInput,
  subscriptionId,
  updateInput,
  workspace,
  workspaceId,
} from "./testing";

type Facts = Partial<BindingFacts>;
const own = { bindings: readable([binding("ml-dev-mlworkload")]) };

function approve(input: BindingInput, facts: Facts = {}): BindingPlan {
  const { plan } = planBinding(input, bindingFacts(facts), planningContext());
  if (plan === null) throw new Error("There is no plan.");
  return plan;
}

/** What the digest check of a run sees: the facts of another token, held against the approved plan. */
function holdAgainst(input: BindingInput, approved: BindingPlan, facts: Facts) {
  const { facts: overlaid, unreadable } = overlayFacts(bindingFacts(facts), approved);
  const { plan, checks } = planBinding(input, overlaid, planningContext({ now: new Date("2026-11-24T11:00:00Z") }));
  return {
    changes: plan === null ? null : planChanges(approved, plan),
    same: plan !== null && planDigest(plan) === planDigest(approved),
    unreadable,
    checks,
  };
}

describe("facts held against an approved plan", () => {
  test("the same facts give the same digest, for every kind", () => {
    const cases: [BindingInput, Facts][] = [
      [grantInput({ hours: 8 }), {}],
      [updateInput(), own],
      [revokeInput(), own],
    ];
    for (const [input, facts] of cases)
      expect(holdAgainst(input, approve(input, facts), facts)).toMatchObject({ same: true, changes: [], unreadable: [] });
  });

  test("a guarded fact that this token cannot read is a missing right, never a change", () => {
    const facts: Facts = {
      bindings: refused("Microsoft.ContainerService/managedClusters/trustedAccessRoleBindings/read", clusterId),
      source: { state: "unavailable", message: "No answer." },
    };
    const held = holdAgainst(grantInput(), approve(grantInput()), facts);
    expect(held).toMatchObject({ same: true, changes: [] });
    expect(held.unreadable.map((one) => [one.key, one.action, one.scope])).toEqual([
      ["binding-of-that-name", "Microsoft.ContainerService/managedClusters/trustedAccessRoleBindings/read", clusterId],
      ["bindings-of-this-source", "Microsoft.ContainerService/managedClusters/trustedAccessRoleBindings/read", clusterId],
      ["source-id", "Microsoft.MachineLearningServices/workspaces/read", workspaceId],
      ["source-principal", "Microsoft.MachineLearningServices/workspaces/read", workspaceId],
    ]);
  });

  test("bindings that cannot be read again keep a change or a revocation as it was approved", () => {
    const facts: Facts = { bindings: refused("x/read", clusterId) };
    for (const input of [updateInput(), revokeInput()]) {
      const held = holdAgainst(input, approve(input, own), facts);
      expect(held).toMatchObject({ same: true, changes: [] });
      expect(held.unreadable.length).toBeGreaterThan(0);
    }
  });

  test("a fact that was not verified at planning stays outside, but is checked as a precondition", () => {
    const approved = approve(grantInput(), { bindings: refused("x", clusterId), source: refused("y", workspaceId) });
    const held = holdAgainst(grantInput(), approved, own);
    expect(held).toMatchObject({ same: true, changes: [], unreadable: [] });
    expect(held.checks.find((one) => one.key === "binding-of-that-name")?.status).toBe("blocking");
  });

  test("rules verified at planning hold for a token that cannot read the catalogue, while no newer reading differs", () => {
    const approved = approve(grantInput());
    const unread = { catalogue: refused("x", "/subscriptions") };
    expect(holdAgainst(grantInput(), approved, unread).same).toBe(true);
    expect(holdAgainst(grantInput(), approved, { ...unread, snapshot: null }).same).toBe(true);
    const newer = { roles: liveRoles.map((role) => ({ ...role, rules: [...role.rules, rule("get", "core", "secrets")] })), at };
    expect(holdAgainst(grantInput(), approved, { ...unread, snapshot: newer }).changes?.[0]).toContain("can no longer be verified");
  });

  test("rules not verified at planning are not digested later, and another reading is told", () => {
    const old = { roles: liveRoles.map((role) => ({ ...role, rules: [] })), at };
    const approved = approve(grantInput(), { catalogue: refused("x", "/"), snapshot: old });
    const held = holdAgainst(grantInput(), approved, {});
    expect(held).toMatchObject({ same: true, changes: [] });
    expect(held.checks.find((one) => one.key === "role-rules")?.status).toBe("warning");
  });

  test("a binding that somebody removed or changed is told", () => {
    expect(holdAgainst(revokeInput(), approve(revokeInput(), own), {}).changes?.[0]).toContain("The binding of that name is gone");
    expect(holdAgainst(updateInput(), approve(updateInput(), own), {}).changes?.[0]).toContain("The binding of that name is gone");
    const wider = { bindings: readable([binding("ml-dev-mlworkload", { roles: [inference] })]) };
    expect(holdAgainst(revokeInput(), approve(revokeInput(), own), wider).changes?.[0]).toContain("The binding of that name changed from");
  });

  test("the next plan of a binding that is gone carries the checks of today, and stands when nothing more changes", () => {
    const approved = approve(revokeInput(), own);
    const next = planBinding(
      revokeInput(),
      overlayFacts(bindingFacts(), approved).facts,
      planningContext({ now: new Date("2026-11-24T11:00:00Z") }),
    ).plan;
    expect(next).toMatchObject({ before: null, plannedAt: "2026-11-24T11:00:00.000Z" });
    expect(next?.preconditions.find((one) => one.key === "binding-of-that-name")?.status).toBe("blocking");
    expect(next === null ? null : holdAgainst(revokeInput(), next, {})).toMatchObject({ same: true, changes: [] });
  });

  test("a cluster or an identity that was made anew is told", () => {
    const approved = approve(grantInput());
    expect(holdAgainst(grantInput(), approved, { cluster: { state: "absent" } }).changes?.join(" ")).toContain("The cluster is gone");
    expect(holdAgainst(grantInput(), approved, { cluster: readable({ ...cluster, resourceUid: "new" }) }).changes?.[0]).toContain(
      "made anew",
    );
    expect(
      holdAgainst(grantInput(), approved, { source: readable({ ...workspace, identity: { ...workspace.identity, principalId: "new" } }) })
        .changes?.[0],
    ).toContain("principal id");
  });

  test("a cluster that cannot be read is a missing right", () => {
    const approved = approve(grantInput());
    const held = holdAgainst(grantInput(), approved, {
      cluster: refused("Microsoft.ContainerService/managedClusters/read", `/subscriptions/${subscriptionId}`),
    });
    expect(held.changes).toBeNull();
    expect(held.unreadable.map((one) => one.key)).toEqual(["cluster-id", "cluster-uid"]);
  });
});

/** Facts of one and the same reality, of which a token can read only some parts. */
const masks = fc.record({
  bindings: fc.boolean(),
  catalogue: fc.boolean(),
  source: fc.boolean(),
  locks: fc.boolean(),
  permissions: fc.boolean(),
  writers: fc.boolean(),
  snapshot: fc.boolean(),
});
type Mask = typeof masks extends fc.Arbitrary<infer M> ? M : never;

function seenBy(mask: Mask, reality: BindingFacts): Facts {
  const no = refused("x/read", clusterId);
  const parts = Object.entries(mask).filter(([, readable]) => !readable);
  return { ...reality, ...Object.fromEntries(parts.map(([part]) => [part, part === "snapshot" ? null : no])) };
}

test("whatever two tokens can read of one reality, the second never takes it for changed", () => {
  const inputs: BindingInput[] = [
    grantInput({ hours: 8 }),
    grantInput({ roles: [inference.toUpperCase()] }),
    updateInput(),
    updateInput({ hours: 2 }),
    updateInput({ sourceResourceId: workspaceId.replace("ml-dev", "ml-new") }),
    revokeInput(),
  ];
  fc.assert(
    fc.property(fc.constantFrom(...inputs), masks, masks, (input, planner, executor) => {
      const reality = bindingFacts(input.kind === "binding-grant" ? {} : own);
      const { plan } = planBinding(input, bindingFacts(seenBy(planner, reality)), planningContext());
      fc.pre(plan !== null);
      const held = holdAgainst(input, plan, seenBy(executor, reality));
      expect(held.changes).toEqual([]);
      expect(held.same).toBe(true);
      const unread = new Set(held.unreadable.map((one) => one.key));
      for (const fact of plan.guardedFacts) {
        const part = fact.key.startsWith("source") ? "source" : fact.key.startsWith("cluster") ? null : "bindings";
        expect(unread.has(fact.key)).toBe(fact.verified && part !== null && !executor[part]);
      }
    }),
    { numRuns: 400 },
  );
});
