import { describe, expect, test } from "vitest";
import type { Lock } from "@/lib/azure/types";
import { defaultPolicy } from "@/lib/policies/default-policy";
import type { PolicyDocument } from "@/lib/policies/schema";
import type { Precondition } from "@/lib/plans/plan";
import type { BindingInput } from "@/lib/requests/schema";
import { planBinding } from "./plan";
import {
  binding,
  bindingFacts,
  cluster,
  clusterId,
  defenderId,
  grantInput,
  inference,
  mlworkload,
  otherSubscriptionId,
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
const checksOf = (input: BindingInput, facts: Facts = {}, context: Context = {}): Precondition[] =>
  planBinding(input, bindingFacts(facts), planningContext(context)).checks;
const check = (key: string, input: BindingInput, facts: Facts = {}, context: Context = {}): Precondition | undefined =>
  checksOf(input, facts, context).find((one) => one.key === key);
const held = (...changes: Parameters<typeof binding>[1][]) =>
  readable(changes.map((change, index) => binding(change?.name ?? `b${index}`, change)));
const own = (changes: Parameters<typeof binding>[1] = {}) => ({ bindings: readable([binding("ml-dev-mlworkload", changes)]) });

test("a sound grant passes every check", () => {
  const checks = checksOf(grantInput());
  expect(checks.filter((one) => one.status !== "ok")).toEqual([]);
  expect(checks.map((one) => one.key)).toEqual([
    "name",
    "binding-of-that-name",
    "slots",
    "source-bound",
    "source",
    "source-identity",
    "subscription",
    "tenant",
    "roles",
    "roles-of-source",
    "cluster",
    "cluster-state",
    "locks",
    "rights",
  ]);
});

test("every check that is not ok says what to do, and keys are unique", () => {
  const worst = checksOf(grantInput({ roles: ["Microsoft.DataProtection/backupVaults/none"], hours: 5 }), {
    cluster: readable({ ...cluster, powerState: "Stopped" }),
    bindings: held({}, {}, {}, {}, {}, {}, {}, {}),
    source: { state: "absent" },
    locks: readable([lock("CanNotDelete"), lock("ReadOnly"), lock("CanNotDelete")]),
    permissions: readable([]),
  });
  expect(worst.filter((one) => one.status !== "ok" && (one.remedy ?? "") === "")).toEqual([]);
  expect(new Set(worst.map((one) => one.key)).size).toBe(worst.length);
});

test("nothing that could not be read counts as fine", () => {
  const no = refused("x/read", "/");
  const checks = checksOf(grantInput(), {
    bindings: no,
    catalogue: no,
    source: no,
    locks: no,
    permissions: no,
    writers: no,
    snapshot: null,
    subscriptions: [],
  });
  const status = Object.fromEntries(checks.map((one) => [one.key, one.status]));
  expect(status).toMatchObject({
    "binding-of-that-name": "not-verified",
    slots: "not-verified",
    "source-bound": "not-verified",
    source: "not-verified",
    "source-identity": "not-verified",
    tenant: "not-verified",
    roles: "not-verified",
    locks: "not-verified",
    rights: "not-verified",
  });
});

describe("the cluster", () => {
  test("an unreadable cluster gives nothing else away", () => {
    const planned = planBinding(grantInput(), bindingFacts({ cluster: refused("x", clusterId) }), planningContext());
    expect(planned.plan).toBeNull();
    expect(planned.checks.map((one) => one.key)).toEqual(["cluster"]);
    expect(planned.blocked).toBe(false);
  });
  test("an absent one blocks", () => {
    expect(check("cluster", grantInput(), { cluster: { state: "absent" } })?.status).toBe("blocking");
  });
  test.each([
    [{ powerState: "Stopped" }, "blocking", "warning"],
    [{ provisioningState: "Updating" }, "warning", "warning"],
    [{ provisioningState: "Failed" }, "warning", "warning"],
    [{ provisioningState: "Deleting" }, "blocking", "blocking"],
    [{ powerState: null }, "not-verified", "not-verified"],
  ])("%o", (change, onGrant, onRevoke) => {
    const facts = { cluster: readable({ ...cluster, ...change }) };
    expect(check("cluster-state", grantInput(), facts)?.status).toBe(onGrant);
    expect(check("cluster-state", revokeInput(), { ...facts, ...own() })?.status).toBe(onRevoke);
  });
  test("a private cluster without public FQDN is a warning for a workspace", () => {
    expect(
      check("cluster-reach", grantInput(), { cluster: readable({ ...cluster, isPrivate: true, publicFqdnDisabled: true }) })?.status,
    ).toBe("warning");
    expect(check("cluster-reach", grantInput(), { cluster: readable({ ...cluster, isPrivate: true }) })).toBeUndefined();
  });
});

describe("name and slots", () => {
  test("the ninth binding is refused early, the eighth is told", () => {
    const others = (count: number) => ({ bindings: held(...Array.from({ length: count }, () => ({ sourceResourceId: vaultId }))) });
    expect(check("slots", grantInput(), others(8))?.status).toBe("blocking");
    expect(check("slots", grantInput(), others(7))?.message).toBe("This takes the last of the cluster's 8 binding slots.");
    expect(check("slots", grantInput(), others(6))?.message).toBe("6 of 8 binding slots are in use.");
    expect(check("slots", updateInput(), others(8))).toBeUndefined();
  });
  test("a name that is taken, in whatever case, blocks and says by what", () => {
    const found = check("binding-of-that-name", grantInput(), {
      bindings: held({
        name: "ML-dev-mlworkload",
        sourceResourceId: vaultId,
        roles: ["Microsoft.DataProtection/backupVaults/backup-operator"],
      }),
    });
    expect(found?.status).toBe("blocking");
    expect(found?.message).toBe("The name ML-dev-mlworkload is taken: that binding gives backup-operator to backup vault vault-1.");
  });
  test("the very binding that is asked for can be approved afterwards by a change", () => {
    expect(check("binding-of-that-name", grantInput(), own())?.remedy).toContain("ask for a change of that binding with the same roles");
  });
  test("a source that holds these roles already blocks and names its binding; other roles only warn", () => {
    const facts = { bindings: held({ name: "older", sourceResourceId: workspaceId.toUpperCase() }) };
    expect(check("source-bound", grantInput(), facts)).toMatchObject({
      status: "blocking",
      message: "workspace ml-dev has these roles already, by the binding older.",
    });
    expect(check("source-bound", grantInput({ roles: [inference] }), facts)).toMatchObject({
      status: "warning",
      remedy: "Ask for a change of older instead.",
    });
  });
  test("an old name of 30 characters can be changed and revoked with a warning, and not be granted", () => {
    const name = "a-name-of-more-than-24-letters";
    const facts = { bindings: held({ name }) };
    expect(check("name", revokeInput({ name }), facts)?.status).toBe("warning");
    expect(check("name", updateInput({ name }), facts)?.status).toBe("warning");
    expect(check("name", grantInput({ name }))?.status).toBe("blocking");
  });
});

describe("the source", () => {
  test.each([
    [{ state: "absent" } as const, "source", "blocking"],
    [readable({ ...workspace, identity: { type: "None" as const, principalId: null, tenantId: null } }), "source-identity", "warning"],
    [
      readable({ ...workspace, identity: { type: "UserAssigned" as const, principalId: null, tenantId: null } }),
      "source-identity",
      "warning",
    ],
    [
      readable({ ...workspace, identity: { ...workspace.identity, type: "SystemAssigned, UserAssigned" as const } }),
      "source-identity",
      "ok",
    ],
  ])("%o", (source, key, status) => {
    expect(check(key, grantInput(), { source })?.status).toBe(status);
  });
  test("a user-assigned identity needs Contributor on the cluster", () => {
    const source = readable({ ...workspace, identity: { type: "UserAssigned" as const, principalId: null, tenantId: null } });
    expect(check("source-identity", grantInput(), { source })?.message).toContain("Contributor on the cluster");
  });
  test("a workspace in another subscription is a strong warning, another source a milder one", () => {
    const elsewhere = (id: string) => id.replace(subscriptionId, otherSubscriptionId);
    expect(check("subscription", grantInput({ sourceResourceId: elsewhere(workspaceId) }))?.message).toContain(
      "Azure Machine Learning does not support that",
    );
    expect(check("subscription", grantInput({ sourceResourceId: elsewhere(vaultId) }))).toMatchObject({
      status: "warning",
      message: expect.stringContaining("some services accept two"),
    });
  });
  test("another tenant blocks, an unknown one is not verified", () => {
    expect(
      check("tenant", grantInput(), { subscriptions: [{ id: subscriptionId, name: "Dev", tenantId: otherSubscriptionId }] })?.status,
    ).toBe("blocking");
    expect(
      check("tenant", grantInput(), {
        subscriptions: [],
        source: readable({ ...workspace, tenantId: null, identity: { ...workspace.identity, tenantId: null } }),
      })?.status,
    ).toBe("not-verified");
  });
  test("a backup vault in another region warns", () => {
    const vault = { ...workspace, id: vaultId, type: "Microsoft.DataProtection/backupVaults", location: "West Europe" };
    expect(check("region", grantInput({ sourceResourceId: vaultId }), { source: readable(vault) })?.status).toBe("warning");
    expect(
      check("region", grantInput({ sourceResourceId: vaultId }), { source: readable({ ...vault, location: "East US" }) })?.status,
    ).toBe("ok");
  });
  test("Azure ML in a sovereign cloud warns", () => {
    expect(check("cloud", grantInput(), {}, { cloud: "AzureChina" })?.status).toBe("warning");
    expect(check("cloud", grantInput())).toBeUndefined();
  });
  test("a source of a subscription, without a resource group, is fine", () => {
    const planned = planBinding(
      grantInput({ sourceResourceId: defenderId, roles: ["Microsoft.Security/pricings/microsoft-defender-operator"] }),
      bindingFacts({
        source: readable({
          ...workspace,
          id: defenderId,
          type: "Microsoft.Security/pricings/securityOperators",
          location: null,
          identity: { type: "None", principalId: null, tenantId: null },
        }),
      }),
      planningContext(),
    );
    expect(planned.checks.filter((one) => one.status !== "ok")).toEqual([]);
    expect(planned.plan?.sentence).toBe(
      "Give the Defender plan CloudPosture microsoft-defender-operator on the cluster aks-dev, without an end.",
    );
  });
});

describe("the roles", () => {
  test("a role that the region lacks blocks", () => {
    expect(check("roles", grantInput({ roles: ["Microsoft.MachineLearningServices/workspaces/training"] }))).toMatchObject({
      status: "blocking",
      field: "roles",
    });
  });
  test("a role of another source type blocks and explains Azure's misleading answer", () => {
    const found = check("roles-of-source", grantInput({ roles: ["Microsoft.DataProtection/backupVaults/backup-operator"] }));
    expect(found?.status).toBe("blocking");
    expect(found?.message).toContain("Azure would answer “non-exist role”, though the role exists.");
  });
});

const lock = (level: Lock["level"], scope = clusterId.split("/providers")[0] ?? ""): Lock => ({
  id: `${scope}/providers/Microsoft.Authorization/locks/keep`,
  name: "keep",
  level,
  scope,
  notes: "Ask the platform team.",
});
const locked = (level: Lock["level"]) => ({ locks: readable([lock(level)]) });
const lenient: PolicyDocument = { ...defaultPolicy, defaults: { ...defaultPolicy.defaults, acceptDeleteLock: true } };

describe("locks", () => {
  test("a delete lock blocks a timed grant, names itself and its scope, and quotes its note", () => {
    const found = check("locks", grantInput({ hours: 8 }), locked("CanNotDelete"));
    expect(found).toMatchObject({
      status: "blocking",
      message: "The delete lock keep on the resource group aks-dev-rg would stop the revocation when the time is over.",
    });
    expect(found?.remedy).toContain("(its note says: Ask the platform team).");
  });
  test("it only warns when the policy accepts delete locks, or the grant is standing", () => {
    expect(check("locks", grantInput({ hours: 8 }), locked("CanNotDelete"), { policy: lenient })?.status).toBe("warning");
    expect(check("locks", grantInput(), locked("CanNotDelete"))?.status).toBe("warning");
  });
  test("it blocks a revocation and a replacement", () => {
    expect(check("locks", revokeInput(), { ...own(), ...locked("CanNotDelete") })?.status).toBe("blocking");
    expect(check("locks", updateInput({ sourceResourceId: vaultId }), { ...own(), ...locked("CanNotDelete") })?.status).toBe("blocking");
    expect(check("locks", updateInput(), { ...own(), ...locked("CanNotDelete") })?.status).toBe("warning");
  });
  test("a read-only lock blocks everything", () => {
    for (const input of [grantInput(), updateInput(), revokeInput()])
      expect(check("locks", input, { ...own(), ...locked("ReadOnly") })?.status).toBe("blocking");
  });
});

describe("an existing binding", () => {
  test("one that is not there cannot be changed or revoked", () => {
    for (const input of [updateInput(), revokeInput()]) {
      const planned = planBinding(input, bindingFacts(), planningContext());
      expect(planned.checks.find((one) => one.key === "binding-of-that-name")?.status).toBe("blocking");
      expect(planned.plan).toBeNull();
    }
  });
  test("another source means delete and create, and says that there is a gap", () => {
    expect(check("change", updateInput({ sourceResourceId: vaultId }), own())?.message).toContain("neither source has access");
  });
  test("nothing changes only when it was approved here as it is", () => {
    const same = updateInput({ roles: [mlworkload] });
    const approved = {
      name: "ml-dev-mlworkload",
      sourceResourceId: workspaceId,
      roles: [mlworkload.toUpperCase()],
      state: "approved-present" as const,
      remindAt: null,
    };
    expect(check("change", same, { ...own(), approved })?.status).toBe("blocking");
    expect(check("change", same, own())).toMatchObject({ status: "ok", message: expect.stringContaining("counts as approved here") });
    expect(check("change", updateInput({ roles: [mlworkload], hours: 8 }), { ...own(), approved })).toMatchObject({
      status: "ok",
      message: expect.stringContaining("Only the duration"),
    });
  });
  test("revoking a binding of Azure Backup or Defender warns", () => {
    const facts = own({ name: "ml-dev-mlworkload", sourceResourceId: defenderId });
    expect(check("maker", revokeInput(), facts)?.message).toContain("Microsoft Defender seems to have made this binding");
  });
  test("an orphan cannot be widened but revoked", () => {
    expect(check("source", updateInput(), { ...own(), source: { state: "absent" } })).toMatchObject({
      status: "blocking",
      remedy: "Revoke the binding: nobody can use it.",
    });
    expect(planBinding(revokeInput(), bindingFacts({ ...own(), source: { state: "absent" } }), planningContext()).blocked).toBe(false);
  });
});

describe("rights and policy", () => {
  test("a missing Azure right is a hint that names the action: of no weight where the approver executes", () => {
    const self = { policy: { ...defaultPolicy, defaults: { ...defaultPolicy.defaults, executor: "requester" as const } } };
    const none = {
      permissions: readable([
        {
          actions: ["*"],
          notActions: ["Microsoft.ContainerService/*/delete", "Microsoft.ContainerService/managedClusters/trustedAccessRoleBindings/WRITE"],
        },
      ]),
    };
    expect(check("rights", grantInput(), none, self)).toMatchObject({
      status: "warning",
      remedy: expect.stringContaining("Azure Kubernetes Service Contributor Role"),
      message: expect.stringContaining("Microsoft.ContainerService/managedClusters/trustedAccessRoleBindings/write"),
    });
    expect(check("rights", revokeInput(), { ...own(), ...none })?.message).toContain("trustedAccessRoleBindings/delete");
    expect(check("rights", grantInput(), { permissions: readable([{ actions: ["*/read"], notActions: [] }]) })).toMatchObject({
      status: "ok",
      message: expect.stringContaining("acts as the approver who completes the approval"),
    });
  });
  test("what the policy asks is a check of the field that gives it", () => {
    expect(check("policy-reason", grantInput({ reason: "" }))).toMatchObject({ status: "blocking", field: "reason" });
    const short: PolicyDocument = {
      ...defaultPolicy,
      rules: [...defaultPolicy.rules, { id: "short", description: "Short.", match: {}, set: { maxHours: 8 } }],
    };
    expect(check("policy-hours", grantInput({ hours: 9 }), {}, { policy: short })).toMatchObject({ status: "blocking", field: "hours" });
  });
  test("a policy that contradicts itself blocks", () => {
    const torn: PolicyDocument = {
      version: 1,
      defaults: {},
      rules: ["A", "B"].map((team) => ({
        id: team.toLowerCase(),
        description: team,
        match: {},
        set: { approverRole: `Approver.${team}` },
      })),
    };
    expect(check("policy-1", grantInput(), {}, { policy: torn })?.status).toBe("blocking");
  });
});
