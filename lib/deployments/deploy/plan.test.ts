import { describe, expect, test } from "vitest";
import { planningContext, refused } from "@/lib/bindings/testing";
import { planChanges } from "@/lib/plans/diff";
import { planDigest } from "@/lib/plans/digest";
import type { DeploymentPlan } from "@/lib/plans/plan";
import { unreadableFacts } from "../guarded";
import { cluster, clusterId, compute, extension, pool, readable, workspace, workspaceId } from "../preflight/testing/facts";
import { deployFacts, deployInput, deployPlan, stepOf } from "../testing";
import type { DeployFacts } from "./facts";
import { planDeploy } from "./plan";

const held = {
  id: `${clusterId}/trustedAccessRoleBindings/own`,
  name: "own",
  sourceResourceId: workspaceId,
  roles: ["Microsoft.MachineLearningServices/workspaces/mlworkload"],
  provisioningState: "Succeeded",
};
const inHttps = deployInput({
  extension: {
    name: "azureml",
    settings: { enableInference: "True", inferenceRouterServiceType: "loadBalancer", sslCname: "ml.contoso.com" },
    protected: { sslKeyPemFile: { ref: "k" }, sslCertPemFile: { ref: "c" } },
  },
});
const kept = [
  { ref: "c", key: "sslCertPemFile", hash: "hash-of-cert" },
  { ref: "k", key: "sslKeyPemFile", hash: "hash-of-key" },
];
const ids = (plan: DeploymentPlan) => plan.steps.map(({ id }) => id);
/** The plan made again, held against an approved one. */
const again = (approved: DeploymentPlan, changes: Partial<DeployFacts>, input = deployInput()) =>
  deployPlan(input, deployFacts({ ...changes, baseline: approved }));
const providers = (state: string) =>
  readable([
    { namespace: "Microsoft.ContainerService", state: "Registered" },
    { namespace: "Microsoft.KubernetesConfiguration", state },
    { namespace: "Microsoft.MachineLearningServices", state: "Registered" },
  ]);
const namespaces = (...names: string[]) => readable(names.map((name) => ({ name, phase: "Active", labels: {} })));

describe("the steps of a deployment", () => {
  test("are providers, extension, its health, binding, namespace, attachment, its proof", () => {
    expect(ids(deployPlan(deployInput(), deployFacts({ providers: providers("NotRegistered") })))).toEqual([
      "register-microsoft-kubernetesconfiguration",
      "put-extension",
      "extension-health",
      "put-binding",
      "make-namespace",
      "attach-compute",
      "attached",
    ]);
  });

  test("begin with the workspace where it is to be made", () => {
    const input = deployInput({ workspace: { use: "new", name: "ml-new", resourceGroup: "ml-rg", location: "eastus" } });
    const plan = deployPlan(input, deployFacts({ workspace: { state: "absent" }, computes: { state: "absent" } }));
    expect(ids(plan)[0]).toBe("make-workspace");
    expect(stepOf(plan, "attach-compute").resourceId).toContain("/resourceGroups/ml-rg/");
    expect(stepOf(plan, "attach-compute").body).toMatchObject({ location: "eastus" });
  });

  test("install nothing where the extension is there, and give no role that the workspace holds", () => {
    const facts = deployFacts({ extensions: readable([extension()]), bindings: readable([held]) });
    const plan = deployPlan(deployInput({ extension: "present" }), facts);
    expect(ids(plan)).toEqual(["make-namespace", "attach-compute", "attached"]);
    expect(plan.bindings).toMatchObject([{ name: "own", before: { name: "own" }, after: { name: "own" } }]);
    expect(plan.roles).toEqual([]);
  });

  test("leave the binding to the attachment where that is asked", () => {
    const plan = deployPlan(deployInput({ binding: "made-by-attach" }));
    expect(ids(plan)).not.toContain("put-binding");
    expect(plan.bindings).toEqual([]);
  });

  test("make the namespace by a command, directly where the cluster can be reached, and not at all where it is there", () => {
    expect(stepOf(deployPlan(), "make-namespace")).toMatchObject({ via: "run-command", method: "POST" });
    expect(stepOf(deployPlan(deployInput(), deployFacts({ direct: true })), "make-namespace")).toMatchObject({
      via: "kubernetes",
      apiVersion: "",
      resourceId: "/api/v1/namespaces",
    });
    expect(ids(deployPlan(deployInput(), deployFacts({ namespaces: namespaces("ml-dev") })))).not.toContain("make-namespace");
    const going = readable([{ name: "ml-dev", phase: "Terminating", labels: {} }]);
    expect(ids(deployPlan(deployInput(), deployFacts({ namespaces: going })))).toContain("make-namespace");
  });

  test("each name a right, a scope, and how it is undone; waits write nothing", () => {
    for (const step of deployPlan().steps) {
      for (const word of [step.action, step.scope, step.readsFirst, step.doneWhen, step.undo, step.title]) expect(word).not.toBe("");
      expect(step.expectSeconds.typical).toBeLessThanOrEqual(step.expectSeconds.worst);
      expect(step.via === "wait").toBe(step.method === "GET");
    }
  });
});

describe("the digest", () => {
  const approved = deployPlan(deployInput(), deployFacts({ providers: providers("NotRegistered") }));
  const digest = planDigest(approved);
  const scaled = readable({ ...cluster, nodePools: [pool({ count: 2 })] });

  test.each<[string, Partial<DeployFacts>]>([
    ["nothing at all", {}],
    ["a provider that somebody registers meanwhile", { providers: providers("Registered") }],
    ["a namespace that somebody makes meanwhile", { providers: providers("NotRegistered"), namespaces: namespaces("ml-dev") }],
    ["an API server that can be reached meanwhile", { direct: true }],
    ["a cluster that grows", { cluster: readable({ ...cluster, nodePools: [pool({ count: 9 })] }), nodePools: [pool({ count: 9 })] }],
    ["a cluster that shrinks below three nodes", { cluster: scaled, nodePools: [pool({ count: 2 })] }],
    ["ids in another case", { workspace: readable({ ...workspace, id: workspaceId.toUpperCase() }) }],
    ["somebody else's binding", { bindings: readable([{ ...held, sourceResourceId: `${workspaceId}-2` }]) }],
    ["somebody else's compute", { computes: readable([compute({ name: "other" })]) }],
    ["another extension", { extensions: readable([extension({ name: "flux", extensionType: "microsoft.flux" })]) }],
  ])("stays under %s", (_what, changes) => {
    expect(planDigest(again(approved, changes))).toBe(digest);
  });

  test.each<[string, Partial<DeployFacts>]>([
    ["an extension of Azure ML that appears", { extensions: readable([extension({ name: "theirs" })]) }],
    [
      "another identity of the workspace",
      { workspace: readable({ ...workspace, identity: { ...workspace.identity, principalId: "ffffffff-0000-0000-0000-000000000001" } }) },
    ],
    ["a compute of that name", { computes: readable([compute({ name: "K8S-dev", resourceId: `${clusterId}-2` })]) }],
    ["a binding of the workspace that appears", { bindings: readable([held]) }],
    ["a cluster made anew", { cluster: readable({ ...cluster, resourceUid: "another" }) }],
  ])("changes under %s, and what changed is said", (_what, changes) => {
    const fresh = again(approved, changes);
    expect(planDigest(fresh)).not.toBe(digest);
    expect(planChanges(approved, fresh)).not.toEqual([]);
  });

  test("keeps the derived settings that were approved", () => {
    const input = deployInput();
    const small = deployPlan(input, deployFacts({ cluster: scaled, nodePools: [pool({ count: 2 })] }));
    expect(small.settings.find(({ key }) => key === "clusterPurpose")).toMatchObject({ value: "DevTest", derived: true });
    expect(again(small, {}).settings).toEqual(small.settings);
  });
});

describe("what a token cannot read", () => {
  const about = { clusterId, workspaceId, computeName: "k8s-dev" };
  const no = refused("some/read", "/scope");

  test.each<[string, Partial<DeployFacts>, Partial<DeployFacts>, number]>([
    ["the extensions", {}, { extensions: no }, 1],
    ["the computes", {}, { computes: no }, 1],
    ["the workspace", {}, { workspace: no }, 2],
    ["the bindings, where there was none", {}, { bindings: no }, 1],
    ["the bindings, where the workspace held the role", { bindings: readable([held]) }, { bindings: no }, 1],
    ["the catalogue of roles", {}, { catalogue: no, snapshot: null }, 0],
  ])("%s is rights needed and never a change", (_what, before, now, missing) => {
    const approved = deployPlan(deployInput(), deployFacts(before));
    const facts = deployFacts({ ...before, ...now, baseline: approved });
    expect(planDigest(deployPlan(deployInput(), facts))).toBe(planDigest(approved));
    expect(unreadableFacts(about, facts, approved)).toHaveLength(missing);
  });

  test("is not verified in a new plan, and not in its digest", () => {
    const plan = deployPlan(deployInput(), deployFacts({ extensions: no }));
    expect(plan.guardedFacts.find(({ key }) => key === "extension")).toMatchObject({ verified: false, value: null });
    expect(planDigest(again(plan, {}))).toBe(planDigest(plan));
    expect(plan.voidedBy.join(" ")).not.toContain("extension is installed");
  });

  test("gives no plan where it is the cluster itself, and stops nobody from asking: an approver plans", () => {
    const { plan, blocked } = planDeploy(deployInput(), deployFacts({ cluster: no }), planningContext());
    expect(plan).toBeNull();
    expect(blocked).toBe(false);
  });
});

describe("protected values", () => {
  const plan = deployPlan(inHttps, deployFacts({ kept }));

  test("stand in the plan as references and keyed hashes", () => {
    expect(plan.protectedSettings).toEqual([
      { key: "sslCertPemFile", hash: "hash-of-cert", meaning: "Certificate of the endpoints with its chain, PEM." },
      { key: "sslKeyPemFile", hash: "hash-of-key", meaning: "Private key of that certificate, PEM, without a passphrase." },
    ]);
    expect(stepOf(plan, "put-extension").body).toMatchObject({
      properties: { configurationProtectedSettings: { "scoringFe.sslCert": { ref: "c" }, "scoringFe.sslKey": { ref: "k" } } },
    });
  });

  test("of another content void the plan", () => {
    const other = deployPlan(inHttps, deployFacts({ kept: kept.map((one) => ({ ...one, hash: `${one.hash}-2` })), baseline: plan }));
    expect(planDigest(other)).not.toBe(planDigest(plan));
  });

  test("count by key and content alone: other words about a key void nothing", () => {
    const said = plan.protectedSettings.map((one) => ({ ...one, meaning: "Said better." }));
    expect(planDigest({ ...plan, protectedSettings: said })).toBe(planDigest(plan));
  });

  test("that are not this person's keep the hash that was approved", () => {
    const other = deployPlan(inHttps, deployFacts({ kept: [], baseline: plan }));
    expect(planDigest(other)).toBe(planDigest(plan));
  });
});

test("a free name is suggested where the one that is asked for is taken, and only there", () => {
  const suggested = (changes: Partial<typeof held>, input = deployInput()) =>
    planDeploy(
      input,
      deployFacts({ bindings: readable([{ ...held, sourceResourceId: `${workspaceId}-2`, ...changes }]) }),
      planningContext(),
    ).suggestedName;
  expect(suggested({ name: deployInput().bindingName.toUpperCase() })).toBe("ml-dev-mlworkload-2");
  expect(suggested({ name: "another" })).toBeNull();
  expect(suggested({ name: deployInput().bindingName, sourceResourceId: workspaceId })).toBeNull();
  expect(suggested({ name: deployInput().bindingName }, deployInput({ binding: "made-by-attach" }))).toBeNull();
});

test("the roles of a plan have the rules of the live catalogue", () => {
  const [role] = deployPlan().roles;
  expect(role).toMatchObject({ fullName: "Microsoft.MachineLearningServices/workspaces/mlworkload", verified: true });
  expect(role?.rules.length).toBeGreaterThan(0);
});
