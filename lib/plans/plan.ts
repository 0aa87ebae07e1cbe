import type { Json } from "@/lib/kernel/json";
import type { Rule } from "@/lib/roles/rules";
import type { RiskLevel, RiskReason } from "@/lib/roles/risk";
import type { Verdict } from "@/lib/policies/evaluate";

export const bindingKinds = ["binding-grant", "binding-update", "binding-revoke"] as const;
export const deploymentKinds = ["ml-deploy", "ml-teardown"] as const;
export const networkKinds = ["network-authorize"] as const;
/** The kinds of request. A kind is one folder with a form schema, a planner, a risk statement and its run steps. */
export const requestKinds = [...bindingKinds, ...deploymentKinds, ...networkKinds] as const;
export type BindingKind = (typeof bindingKinds)[number];
export type DeploymentKind = (typeof deploymentKinds)[number];
export type NetworkKind = (typeof networkKinds)[number];
export type RequestKind = BindingKind | DeploymentKind | NetworkKind;

/** How long the change is meant to last. A timed one is a reminder only until timed revocation exists. */
export type Duration = { type: "standing" } | { type: "timed"; hours: number; enforcement: "reminder-only" };

/** One exact call that the run will make, or one wait. The shape is the same for the approver, the run and the exports. */
export type PlanStep = {
  /** Unique within the plan, stable across plans of the same kind: `put-binding`, `delete-binding`. */
  id: string;
  title: string;
  /** What the step is about, in words: `the role binding ml-binding`. */
  subject: string;
  /** Through Azure Resource Manager, the cluster's own API, a command that Azure runs in the cluster; `wait` writes nothing. */
  via: "arm" | "kubernetes" | "run-command" | "wait";
  /** GET: the step writes nothing, and is done when a read shows it. */
  method: "PUT" | "DELETE" | "POST" | "GET";
  /** ARM id of the resource that is written, with the action's name behind it for a POST; of a `kubernetes` step the path of its API. */
  resourceId: string;
  /** Empty for a step that does not go through ARM. */
  apiVersion: string;
  /** What the address carries besides the api-version, exactly. Left out: nothing. */
  query?: Record<string, string>;
  /** The JSON body, exactly as it is sent but for secrets, which stand as references `{ ref }`; null: none. */
  body: Json;
  /** Azure action that the acting person needs, and the scope at which. */
  action: string;
  scope: string;
  /** Sentences: what the run reads first, what shows that the step is done, and how to undo it. */
  readsFirst: string;
  doneWhen: string;
  undo: string;
  /** Usual and worst duration, in seconds, as known from records of the real service. */
  expectSeconds: { typical: number; worst: number };
};

/**
 * A fact that the approval rests on. When a guarded fact changes between plan and run, the plan is void.
 * `value` null with `verified: true` means "looked for and absent". `verified: false`: the planning token could not read it;
 * it is then not in the digest.
 */
export type GuardedFact = { key: string; label: string; verified: boolean; value: Json };

/** A condition that is checked again before the write but is not digested, so that one grant does not void its neighbours. */
export type Precondition = {
  key: string;
  label: string;
  status: "ok" | "warning" | "blocking" | "not-verified";
  message: string;
  remedy?: string;
  /** Form field that the condition belongs to: clusterId, name, sourceResourceId, roles, hours, reason or ticket. */
  field?: string;
};

/** A trusted access role in the plan, with the rules it carries at planning time. */
export type PlannedRole = {
  /** `<sourceResourceType>/<roleName>` */
  fullName: string;
  rules: Rule[];
  /** SHA-256 of the canonical rules. */
  rulesHash: string;
  risk: RiskLevel;
  reasons: RiskReason[];
  /** False when the live catalogue was not readable: then `rules` come from the last snapshot, or are empty. */
  verified: boolean;
  /** ISO 8601 time of the snapshot that the rules come from; null when none is known. */
  snapshotAt: string | null;
};

export type BindingState = { name: string; sourceResourceId: string; roles: string[] } | null;

/** What becomes of one role binding. `before` equal to `after`: it is there already, and stays. */
export type BindingChange = { name: string; id: string; sourceResourceId: string; before: BindingState; after: BindingState };

type ClusterTarget = { clusterId: string; clusterName: string; location: string; production: boolean };

/** What every plan has: what will be done, exactly, and what that rests on. Plain JSON. */
type PlanCommon<K extends RequestKind> = {
  kind: K;
  /** Name of the cloud's configuration, for example `AzurePublic`. */
  cloud: string;
  tenantId: string;
  /** One sentence for people: who gets what, where, for how long. */
  sentence: string;
  steps: PlanStep[];
  /** The trusted access roles that the plan gives. */
  roles: PlannedRole[];
  /** The highest risk, with the reasons. What takes access away is no risk. */
  risk: { level: RiskLevel; reasons: RiskReason[] };
  duration: Duration;
  verdict: Verdict;
  guardedFacts: GuardedFact[];
  preconditions: Precondition[];
  /** Sentences: what would void this plan. */
  voidedBy: string[];
  /** Who planned (the person whose token read the facts) and when, ISO 8601. Not digested. */
  plannedBy: { oid: string; name: string };
  plannedAt: string;
};

/** A change of one role binding. */
export type BindingPlan = PlanCommon<BindingKind> & {
  target: ClusterTarget & {
    bindingName: string;
    bindingId: string;
    sourceResourceId: string;
    /** Slots in use before this plan is applied, of `slotLimit`; null when not readable. */
    slotsUsed: number | null;
    slotLimit: number;
  };
  before: BindingState;
  after: BindingState;
  /** Other bindings that the same source holds on clusters the planner could read. */
  sourceElsewhere: { clusterId: string; clusterName: string; bindingName: string; roles: string[] }[];
  /** Principals who can write to the source resource and so get the access indirectly; null when not readable. */
  indirect: { principalId: string; principalType: string; roleName: string; scope: string }[] | null;
};

/** A setting of the extension as the plan sends it. `derived`: not asked for, but needed, as `reason` says. */
export type PlannedSetting = { key: string; value: string; derived: boolean; reason: string | null };

/** What an approver may know of a certificate whose key goes with a plan: never the key. */
export type PlannedCertificate = {
  subject: string;
  issuer: string;
  names: string[];
  /** ISO 8601. */
  notAfter: string;
  /** SHA-256, upper-case hex in pairs with colons. */
  fingerprint: string;
};

/** Azure Machine Learning onto a cluster, or off it again. */
export type DeploymentPlan = PlanCommon<DeploymentKind> & {
  target: ClusterTarget & {
    /** Null: a teardown of the extension alone. */
    workspaceId: string | null;
    workspaceName: string | null;
    /** Null: the plan does not touch it. */
    extensionName: string | null;
    computeName: string | null;
    /** Namespace of the compute's jobs and endpoints. */
    namespace: string | null;
  };
  /** The role bindings that the deployment needs or the teardown takes away. */
  bindings: BindingChange[];
  /** What becomes of the API server's authorized ranges. Left out or null: nothing. */
  network?: NetworkChange | null;
  settings: PlannedSetting[];
  /**
   * The protected settings, as far as anybody may know them. `hash` is keyed: it tells whether a value is the same, and nothing of the value.
   * `meaning`: what the table of settings says of the key; null: it does not know it.
   */
  protectedSettings: { key: string; hash: string; meaning: string | null }[];
  certificate: PlannedCertificate | null;
  /** Sentences: what stays in Azure or in the cluster afterwards, and what goes on costing money. */
  stays: string[];
};

/** The snapshot of service tags that a plan was made from. A newer one voids nothing: what is approved is the list. */
export type PlannedTags = {
  snapshotId: string;
  /** ISO 8601: since when these tags are known. */
  since: string;
};

/** What becomes of the list of authorized ranges of an API server. */
export type NetworkChange = {
  /** The list as it stands and as it will be, entry by entry as ARM writes them; `added` and `removed` are what differs. */
  list: { before: string[]; after: string[]; added: string[]; removed: string[] };
  /** Those of `added` that were asked for beside the ranges of service tags. */
  extra: string[];
  /** There was no list: every address that is not in the new one loses access. */
  turnsOnRestriction: boolean;
  /** Which service tags of Azure ML counted. */
  scope: "region" | "region-and-pair" | "global";
  /** ARM locations whose tags counted. */
  regions: string[];
  /** Null: no ranges of service tags are in it. */
  tags: PlannedTags | null;
  /** How many entries the list may have. */
  limit: number;
  /** Sentences: who or what may be locked out by it. */
  lockOut: string[];
  /** What is dangerous about it, the worst first; none: nothing is. */
  risks: RiskReason[];
};

/** A change of the ranges that the API server of a cluster lets in. */
export type NetworkPlan = PlanCommon<NetworkKind> & {
  target: ClusterTarget;
  network: NetworkChange;
  /** The workspaces whose regions counted, by ARM id. */
  workspaces: { id: string; region: string; bindingInEffect: boolean }[];
};

export type Plan = BindingPlan | DeploymentPlan | NetworkPlan;

export const isBindingPlan = (plan: Plan): plan is BindingPlan => (bindingKinds as readonly string[]).includes(plan.kind);
export const isDeploymentPlan = (plan: Plan): plan is DeploymentPlan => (deploymentKinds as readonly string[]).includes(plan.kind);
export const isNetworkPlan = (plan: Plan): plan is NetworkPlan => (networkKinds as readonly string[]).includes(plan.kind);

/** ARM id of the workspace (of a binding: the source) that a step of the plan is about. Throws for a plan that has none: no step of it asks. */
export function workspaceOf({ target }: Plan): string {
  const id = "bindingId" in target ? target.sourceResourceId : "workspaceId" in target ? target.workspaceId : null;
  if (id === null) throw new Error("This plan names no workspace.");
  return id;
}

/** What a plan does to role bindings. */
export function bindingChangesOf(plan: Plan): BindingChange[] {
  if (isNetworkPlan(plan)) return [];
  if (!isBindingPlan(plan)) return plan.bindings;
  const { target, before, after } = plan;
  return [{ name: target.bindingName, id: target.bindingId, sourceResourceId: target.sourceResourceId, before, after }];
}

/** The changes among them: a binding that is there already and stays is none. */
export const alteredBindings = (plan: Plan): BindingChange[] =>
  bindingChangesOf(plan).filter(({ before, after }) => JSON.stringify(before) !== JSON.stringify(after));

/** Whether a plan only takes away: its end is *gone* and not *in effect*. */
export const takesAway = (plan: Plan): boolean => (isBindingPlan(plan) ? plan.after === null : plan.kind === "ml-teardown");

/** Whether a step changes something: the others wait for something to be so. */
export const writes = (step: Pick<PlanStep, "method">): boolean => step.method !== "GET";

/** A guarded fact that a token cannot read, and the Azure right that reads it. */
export type UnreadableFact = { key: string; label: string; action: string; scope: string };
