import type { Cluster } from "@/lib/azure/types";
import { bindingsOfSource } from "@/lib/bindings/of-source";
import { plannedRoles, type WeighedRole } from "@/lib/bindings/planned-roles";
import { putStep } from "@/lib/bindings/steps-of-plan";
import type { Json } from "@/lib/kernel/json";
import { bindingIdOf, lastName, resourceGroupIdOf } from "@/lib/kernel/resource-id";
import type { BindingChange, DeploymentPlan, PlanStep, Precondition } from "@/lib/plans/plan";
import type { Planned, PlanningContext } from "@/lib/plans/planning-context";
import { guardedFacts, voidedBy } from "../guarded";
import { policyChecks, type Verdict, verdictOf } from "../policy";
import { nameClash } from "../preflight/checks/binding";
import { workspaceIdOf } from "../preflight/input";
import { preflight } from "../preflight/preflight";
import { missingProviders } from "../preflight/providers";
import { deploymentRisk } from "../risk";
import { settingsFacts } from "../preflight/settings-facts";
import { riskOfPlan } from "../risk-of-plan";
import type { DeployInput } from "../schema";
import { extensionBody } from "../settings/body";
import { type DerivedSetting, derivedSettings } from "../settings/derived";
import type { CertificateFacts } from "../settings/facts";
import type { ExtensionInput } from "../settings/input";
import { settingOf } from "../settings/table";
import { highest } from "@/lib/roles/risk";
import { attachedStep, attachStep, extensionStep, healthStep, namespaceStep, registerStep, workspaceStep } from "./steps-of-plan";
import { hasNamespace } from "../preflight/rights";
import type { DeployFacts } from "./facts";
import { type DeployNetwork, deployNetwork } from "./network";
import { workspaceTemplate } from "./workspace-template";

/** Plans a deployment from facts. Pure: the same input, facts and context give the same plan. */
export function planDeploy(input: DeployInput, facts: DeployFacts, context: PlanningContext): Planned<DeploymentPlan> {
  const cluster = facts.cluster.state === "ok" ? facts.cluster.value : null;
  const people = facts.people.map((one) => ({ ...one, name: context.planner.name }));
  const found = preflight(input, { ...facts, people }).map(
    ({ title, group: _group, ...rest }): Precondition => ({ ...rest, label: title }),
  );
  const suggestedName = nameClash(input, facts)?.free ?? null;
  if (cluster === null) return { plan: null, checks: found, blocked: found.some(isBlocking), suggestedName };
  const binding = bindingOf(input, facts, cluster);
  const roles = binding === null || binding.before !== null ? [] : plannedRoles(binding.after?.roles ?? [], facts);
  const network = deployNetwork(input, { ...facts, people }, cluster);
  const risk = riskOfPlan(roles, withRisks(deploymentRisk(input, facts), network));
  const verdict = verdictOf({ input, cluster, context, workspaceId: workspaceIdOf(input), roles, risk: risk.level, reducing: false });
  const checks = [...found, ...network.checks, ...policyChecks(verdict, input)];
  const plan = planOf({ input, facts, cluster, binding, network, roles, verdict, checks, context, risk });
  return { plan, checks, blocked: checks.some(isBlocking), suggestedName };
}

function withRisks(own: DeploymentPlan["risk"], { change }: DeployNetwork): DeploymentPlan["risk"] {
  const reasons = [...own.reasons, ...(change?.risks ?? [])];
  return { level: highest(reasons.map(({ level }) => level)), reasons };
}

const isBlocking = ({ status }: Precondition): boolean => status === "blocking";

type Parts = {
  input: DeployInput;
  facts: DeployFacts;
  cluster: Cluster;
  binding: BindingChange | null;
  network: DeployNetwork;
  roles: WeighedRole[];
  verdict: Verdict;
  checks: Precondition[];
  context: PlanningContext;
  risk: DeploymentPlan["risk"];
};

function planOf({ input, facts, cluster, binding, network, roles, verdict, checks, context, risk }: Parts): DeploymentPlan {
  const workspaceId = workspaceIdOf(input);
  const about = { clusterId: cluster.id, workspaceId, computeName: input.compute.name };
  const guarded = guardedFacts(about, facts, facts.baseline);
  const { change } = network;
  const derived = input.extension === "present" ? [] : derivedOf(input.extension, facts, facts.baseline);
  return {
    kind: input.kind,
    cloud: context.cloud,
    tenantId: context.tenantId,
    target: {
      clusterId: cluster.id,
      clusterName: cluster.name,
      location: cluster.location,
      production: context.production,
      workspaceId,
      workspaceName: lastName(workspaceId),
      extensionName: input.extension === "present" ? null : input.extension.name,
      computeName: input.compute.name,
      namespace: input.compute.namespace,
    },
    sentence: `${sentenceOf(input, cluster)}${change === null ? "" : ` Its API server lets in ${change.list.added.length} more ranges of Azure ML first.`}`,
    steps: stepsOf({ input, facts, cluster, binding, network, context, derived }),
    roles: roles.map(({ role }) => role),
    risk,
    duration: { type: "standing" },
    verdict,
    guardedFacts: [...guarded, ...network.guardedFacts],
    preconditions: checks,
    voidedBy: [...network.voidedBy, ...voidedBy(about, guarded)],
    bindings: binding === null ? [] : [binding],
    ...(change === null ? {} : { network: change }),
    settings: input.extension === "present" ? [] : settingsOf(input.extension, derived),
    protectedSettings: input.extension === "present" ? [] : protectedOf(input.extension, facts),
    certificate: certificateOf(facts),
    stays: [
      "Providers that are registered stay registered, and what the extension brings runs on the cluster's nodes: it costs what its pods ask for.",
      ...(input.workspace.use === "new"
        ? ["The new workspace brings a storage account, a key vault and application insights, which cost by themselves."]
        : []),
    ],
    plannedBy: context.planner,
    plannedAt: context.now.toISOString(),
  };
}

/** The binding that the workspace has already, where it gives the role; else the one that is to be made. Null: the attach makes it by itself. */
function bindingOf(input: DeployInput, { bindings, baseline }: DeployFacts, cluster: Cluster): BindingChange | null {
  if (input.binding === "made-by-attach") return null;
  // What this token cannot read stays as it was approved: it is told as a missing right, and is no change.
  if (baseline !== undefined && bindings.state !== "ok") return baseline.bindings[0] ?? null;
  const sourceResourceId = workspaceIdOf(input);
  const { role } = input.binding;
  const held = bindings.state === "ok" ? bindingsOfSource(bindings.value, sourceResourceId, role)[0] : undefined;
  if (held !== undefined) {
    const state = { name: held.name, sourceResourceId: held.sourceResourceId, roles: held.roles };
    return { name: held.name, id: bindingIdOf(cluster.id, held.name), sourceResourceId, before: state, after: state };
  }
  const name = input.bindingName;
  return { name, id: bindingIdOf(cluster.id, name), sourceResourceId, before: null, after: { name, sourceResourceId, roles: [role] } };
}

/** What was approved is what is done: a cluster that scales meanwhile changes no setting of an approved plan. */
function derivedOf(extension: ExtensionInput, facts: DeployFacts, baseline: DeploymentPlan | undefined): DerivedSetting[] {
  if (baseline !== undefined)
    return baseline.settings.filter(({ derived }) => derived).map(({ key, value, reason }) => ({ key, value, reason: reason ?? "" }));
  const { cluster } = settingsFacts(extension, facts);
  return cluster === undefined ? [] : derivedSettings(extension, cluster);
}

function settingsOf(extension: ExtensionInput, derived: readonly DerivedSetting[]): DeploymentPlan["settings"] {
  const added = new Map(derived.map((one) => [one.key, one]));
  const asked = Object.entries(extension.settings).filter(([key]) => !added.has(key));
  return [
    ...asked.map(([key, value]) => ({ key, value, derived: false, reason: null })),
    ...[...added.values()].map(({ key, value, reason }) => ({ key, value, derived: true, reason })),
  ].sort((a, b) => (a.key < b.key ? -1 : 1));
}

/** A value that this person may not see into keeps the hash that the approved plan has: it cannot be exchanged once it was asked with. */
function protectedOf(extension: ExtensionInput, { kept, baseline }: DeployFacts): DeploymentPlan["protectedSettings"] {
  return Object.entries(extension.protected)
    .map(([key, { ref }]) => ({
      key,
      hash: kept.find((one) => one.ref === ref)?.hash ?? baseline?.protectedSettings.find((one) => one.key === key)?.hash ?? "",
      meaning: settingOf(key)?.meaning ?? null,
    }))
    .sort((a, b) => (a.key < b.key ? -1 : 1));
}

function certificateOf({ certificate, baseline }: DeployFacts): DeploymentPlan["certificate"] {
  if (certificate === undefined || certificate.state !== "ok") return baseline?.certificate ?? null;
  const { subject, issuer, names, notAfter, fingerprint }: CertificateFacts = certificate.certificate;
  return { subject, issuer, names, notAfter, fingerprint };
}

function sentenceOf(input: DeployInput, cluster: Cluster): string {
  const workspace =
    input.workspace.use === "new" ? `the new workspace ${input.workspace.name}` : `the workspace ${lastName(input.workspace.id)}`;
  const install = input.extension === "present" ? "Attach" : "Install Azure ML on";
  return input.extension === "present"
    ? `${install} the cluster ${cluster.name} to ${workspace} as ${input.compute.name}, with the namespace ${input.compute.namespace}.`
    : `${install} the cluster ${cluster.name} and attach it to ${workspace} as ${input.compute.name}, with the namespace ${input.compute.namespace}.`;
}

type Scene = Pick<Parts, "input" | "facts" | "cluster" | "binding" | "network" | "context"> & { derived: DerivedSetting[] };

function stepsOf(scene: Scene): PlanStep[] {
  const { input, cluster, binding, context } = scene;
  const workspaceId = workspaceIdOf(input);
  const workspace = { id: workspaceId, name: lastName(workspaceId), location: locationOf(scene) };
  const where = { clusterId: cluster.id, clusterName: cluster.name, apiVersion: context.apiVersions.binding };
  return [
    ...optional(scene, "register-", () => missingProviders(input, scene.facts).map((namespace) => registerStep(cluster, namespace))),
    ...(input.workspace.use === "new" ? [makeWorkspace(input.workspace, workspaceId)] : []),
    ...scene.network.steps,
    ...(input.extension === "present"
      ? []
      : [
          extensionStep(cluster, input.extension.name, extensionBody(input.extension, scene.derived)),
          healthStep(cluster, input.extension.name),
        ]),
    ...(binding === null || binding.before !== null || binding.after === null
      ? []
      : [putStep({ ...where, bindingName: binding.name, bindingId: binding.id }, binding.after, null)]),
    ...optional(scene, "make-namespace", () => makeNamespace(scene)),
    attachStep(cluster, workspace, input.compute, identityOf(input)),
    attachedStep(workspace, input.compute.name),
  ];
}

/**
 * Steps that are harmless where they are not needed. Held against an approved plan they are as approved: a provider that somebody registers,
 * or a namespace that somebody makes meanwhile, voids nothing.
 */
function optional({ facts }: Scene, id: string, plan: () => PlanStep[]): PlanStep[] {
  return facts.baseline === undefined ? plan() : facts.baseline.steps.filter((step) => step.id.startsWith(id));
}

function makeNamespace({ input, facts, cluster }: Scene): PlanStep[] {
  const { namespace } = input.compute;
  if (hasNamespace(input, facts)) return [];
  return [namespaceStep(cluster, namespace, facts.direct === true ? "kubernetes" : "run-command")];
}

function makeWorkspace({ name, location }: { name: string; location: string }, workspaceId: string): PlanStep {
  const { template, parameters } = workspaceTemplate(name, location);
  return workspaceStep(resourceGroupIdOf(workspaceId) ?? "", name, template, parameters);
}

function locationOf({ input, facts, cluster }: Scene): string {
  if (input.workspace.use === "new") return input.workspace.location;
  return (facts.workspace.state === "ok" ? facts.workspace.value.location : null) ?? attachedLocation(facts.baseline) ?? cluster.location;
}

/** Where the workspace is, as the approved plan read it: this token may not. */
function attachedLocation(baseline: DeploymentPlan | undefined): string | null {
  const body = baseline?.steps.find(({ id }) => id === "attach-compute")?.body as { location?: unknown } | undefined;
  return typeof body?.location === "string" ? body.location : null;
}

function identityOf({ compute: { identity } }: DeployInput): Json {
  return identity.type === "SystemAssigned"
    ? { type: identity.type }
    : { type: identity.type, userAssignedIdentities: { [identity.id]: {} } };
}
