import { z } from "zod";
import { ClusterId, CursorQuery, IsoTime, prose, ResourceId, Search, unhiddenName } from "@/lib/kernel/shapes";
import { DeployInput, TeardownInput } from "@/lib/deployments/schema";
import { NetworkInput, ScopeShape } from "@/lib/network/authorize/schema";
import { bindingKinds, deploymentKinds, networkKinds } from "@/lib/plans/plan";
import { RiskLevelShape, RiskReasonShape, RuleShape } from "@/lib/roles/schema";
import { asked, BindingName, RoleFullName } from "./asked";

export { BindingName, RoleFullName };

/** Name of a binding that exists. Api-versions before 2022-10-02-preview took names of up to 36 characters of any kind. */
export const ExistingBindingName = z
  .string()
  .trim()
  .min(1, "Name the binding.")
  .max(36, "No binding's name has more than 36 characters.")
  .regex(/^(?!\.{1,2}$)[^/?#\\\s%]+$/, "A binding's name has no slash, space or other mark of a web address.")
  .refine(...unhiddenName);

const common = { clusterId: ClusterId, name: BindingName, ...asked };

const Hours = z.coerce
  .number()
  .int("Hours are whole.")
  .min(1, "The shortest duration is 1 hour.")
  .max(8760, "The longest duration is 8,760 hours (one year).");

export const GrantInput = z.strictObject({
  kind: z.literal("binding-grant"),
  ...common,
  sourceResourceId: ResourceId,
  roles: z.array(RoleFullName).min(1, "Choose at least one trusted access role.").max(20),
  /** Hours from the moment of effect; null: standing. */
  hours: Hours.nullable(),
});

export const UpdateInput = z.strictObject({
  kind: z.literal("binding-update"),
  ...common,
  name: ExistingBindingName,
  /** Another source means replace: delete and create, since Azure does not change a binding's source. */
  sourceResourceId: ResourceId,
  roles: z.array(RoleFullName).min(1, "Choose at least one trusted access role.").max(20),
  hours: Hours.nullable(),
});

export const RevokeInput = z.strictObject({ kind: z.literal("binding-revoke"), ...common, name: ExistingBindingName });

export const BindingInput = z.discriminatedUnion("kind", [GrantInput, UpdateInput, RevokeInput]);
export type BindingInput = z.infer<typeof BindingInput>;
export const RequestInput = z.discriminatedUnion("kind", [GrantInput, UpdateInput, RevokeInput, DeployInput, TeardownInput, NetworkInput]);
export type RequestInput = z.infer<typeof RequestInput>;
export type GrantInput = z.infer<typeof GrantInput>;
export type UpdateInput = z.infer<typeof UpdateInput>;
export type RevokeInput = z.infer<typeof RevokeInput>;

export const requestStates = ["waiting", "approved", "rejected", "withdrawn", "expired", "done"] as const;
export const RequestState = z.enum(requestStates);

// ---- answers --------------------------------------------------------------------------------------------------------

export const PreconditionShape = z.object({
  key: z.string(),
  label: z.string(),
  status: z.enum(["ok", "warning", "blocking", "not-verified"]),
  message: z.string(),
  remedy: z.string().optional(),
  /** Form field that the check belongs to. */
  field: z.string().optional(),
});

export const VerdictShape = z.object({
  policyHash: z.string(),
  rules: z.array(z.object({ id: z.string(), because: z.string() })),
  approvals: z.number(),
  approverRole: z.string(),
  maxHours: z.number().nullable(),
  standingAllowed: z.boolean(),
  reasonRequired: z.boolean(),
  ticketRequired: z.boolean(),
  stepUp: z.object({ authenticationContext: z.string().nullable(), maxSignInAgeMinutes: z.number().nullable() }),
  executor: z.enum(["approver", "requester"]),
  requesterMayCarryOn: z.boolean(),
  acceptDeleteLock: z.boolean(),
  refusals: z.array(z.string()),
});

const BindingStateShape = z.object({ name: z.string(), sourceResourceId: z.string(), roles: z.array(z.string()) }).nullable();

const ClusterTargetShape = { clusterId: z.string(), clusterName: z.string(), location: z.string(), production: z.boolean() };

const planCommon = {
  cloud: z.string(),
  tenantId: z.string(),
  sentence: z.string(),
  steps: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      subject: z.string(),
      via: z.enum(["arm", "kubernetes", "run-command", "wait"]),
      method: z.enum(["PUT", "DELETE", "POST", "GET"]),
      resourceId: z.string(),
      apiVersion: z.string(),
      query: z.record(z.string(), z.string()).optional(),
      body: z.unknown(),
      action: z.string(),
      scope: z.string(),
      readsFirst: z.string(),
      doneWhen: z.string(),
      undo: z.string(),
      expectSeconds: z.object({ typical: z.number(), worst: z.number() }),
    }),
  ),
  roles: z.array(
    z.object({
      fullName: z.string(),
      rules: z.array(RuleShape),
      rulesHash: z.string(),
      risk: RiskLevelShape,
      reasons: z.array(RiskReasonShape),
      verified: z.boolean(),
      snapshotAt: IsoTime.nullable(),
    }),
  ),
  risk: z.object({ level: RiskLevelShape, reasons: z.array(RiskReasonShape) }),
  duration: z.discriminatedUnion("type", [
    z.object({ type: z.literal("standing") }),
    z.object({ type: z.literal("timed"), hours: z.number(), enforcement: z.literal("reminder-only") }),
  ]),
  verdict: VerdictShape,
  guardedFacts: z.array(z.object({ key: z.string(), label: z.string(), verified: z.boolean(), value: z.json() })),
  preconditions: z.array(PreconditionShape),
  voidedBy: z.array(z.string()),
  plannedBy: z.object({ oid: z.string(), name: z.string() }),
  plannedAt: IsoTime,
};

export const BindingPlanShape = z.object({
  kind: z.enum(bindingKinds),
  ...planCommon,
  target: z.object({
    ...ClusterTargetShape,
    bindingName: z.string(),
    bindingId: z.string(),
    sourceResourceId: z.string(),
    slotsUsed: z.number().nullable(),
    slotLimit: z.number(),
  }),
  before: BindingStateShape,
  after: BindingStateShape,
  sourceElsewhere: z.array(
    z.object({ clusterId: z.string(), clusterName: z.string(), bindingName: z.string(), roles: z.array(z.string()) }),
  ),
  indirect: z.array(z.object({ principalId: z.string(), principalType: z.string(), roleName: z.string(), scope: z.string() })).nullable(),
});

const NetworkChangeShape = z.object({
  list: z.object({ before: z.array(z.string()), after: z.array(z.string()), added: z.array(z.string()), removed: z.array(z.string()) }),
  extra: z.array(z.string()),
  turnsOnRestriction: z.boolean(),
  scope: ScopeShape,
  regions: z.array(z.string()),
  tags: z.object({ snapshotId: z.string(), since: IsoTime }).nullable(),
  limit: z.number(),
  lockOut: z.array(z.string()),
  risks: z.array(RiskReasonShape),
});

export const DeploymentPlanShape = z.object({
  kind: z.enum(deploymentKinds),
  ...planCommon,
  target: z.object({
    ...ClusterTargetShape,
    workspaceId: z.string().nullable(),
    workspaceName: z.string().nullable(),
    extensionName: z.string().nullable(),
    computeName: z.string().nullable(),
    namespace: z.string().nullable(),
  }),
  bindings: z.array(
    z.object({ name: z.string(), id: z.string(), sourceResourceId: z.string(), before: BindingStateShape, after: BindingStateShape }),
  ),
  network: NetworkChangeShape.nullish(),
  settings: z.array(z.object({ key: z.string(), value: z.string(), derived: z.boolean(), reason: z.string().nullable() })),
  protectedSettings: z.array(z.object({ key: z.string(), hash: z.string(), meaning: z.string().nullable() })),
  certificate: z
    .object({ subject: z.string(), issuer: z.string(), names: z.array(z.string()), notAfter: IsoTime, fingerprint: z.string() })
    .nullable(),
  stays: z.array(z.string()),
});

export const NetworkPlanShape = z.object({
  kind: z.enum(networkKinds),
  ...planCommon,
  target: z.object(ClusterTargetShape),
  network: NetworkChangeShape,
  workspaces: z.array(z.object({ id: z.string(), region: z.string(), bindingInEffect: z.boolean() })),
});

export const PlanShape = z.discriminatedUnion("kind", [BindingPlanShape, DeploymentPlanShape, NetworkPlanShape]);

/** A line of the rule diff: what Kubernetes access is added, removed or kept, and how dangerous that is by itself. `group` and `resource` are in Kubernetes words. */
export const RuleChange = z.object({
  change: z.enum(["added", "removed", "kept"]),
  risk: RiskLevelShape,
  group: z.string(),
  resource: z.string(),
  verbs: z.array(z.string()),
});

/** Answer of the check while typing: nothing is stored. */
export const CheckAnswer = z.object({
  /** null when the requester cannot read the cluster: then nothing is revealed and the first eligible approver plans. */
  plan: PlanShape.nullable(),
  digest: z.string().nullable(),
  /** The plan as commands and templates that a person can run elsewhere. */
  exports: z.object({ az: z.string(), terraform: z.string(), bicep: z.string() }).nullable(),
  ruleChanges: z.array(RuleChange),
  /** Every check, blocking ones first. */
  checks: z.array(PreconditionShape),
  blocked: z.boolean(),
  suggestedName: z.string().nullable(),
  /** `planned`, or `cluster-not-readable`: says so without saying whether it exists. */
  planning: z.enum(["planned", "cluster-not-readable", "incomplete"]),
});

export const DecisionShape = z.object({
  id: z.string(),
  verdict: z.enum(["approve", "reject"]),
  reason: z.string().nullable(),
  deciderName: z.string(),
  deciderOid: z.string(),
  planVersion: z.number(),
  digest: z.string(),
  authTime: IsoTime,
  acrs: z.array(z.string()),
  amr: z.array(z.string()),
  decidedAt: IsoTime,
});

/** What the signed-in person may do with a request now, and if not, why not (shown beside the disabled button). */
export const Ability = z.object({ allowed: z.boolean(), why: z.string().nullable() });

export const RequestRow = z.object({
  id: z.string(),
  number: z.number(),
  kind: z.string(),
  state: RequestState,
  sentence: z.string(),
  requesterName: z.string(),
  mine: z.boolean(),
  waitingForMe: z.boolean(),
  risk: RiskLevelShape.nullable(),
  approvals: z.number(),
  approvalsNeeded: z.number().nullable(),
  clusterId: z.string(),
  clusterName: z.string(),
  /** What it was asked for together with; null: alone. */
  batchId: z.string().nullable(),
  createdAt: IsoTime,
  updatedAt: IsoTime,
});

export const RequestDetail = RequestRow.extend({
  reason: z.string(),
  ticket: z.string().nullable(),
  input: RequestInput,
  revision: z.number(),
  correlationId: z.string(),
  plan: PlanShape.nullable(),
  planVersion: z.number(),
  digest: z.string().nullable(),
  ruleChanges: z.array(RuleChange),
  /** Against the plan version before: what changed, when the last one was voided. */
  voided: z.object({ version: z.number(), at: IsoTime, reasons: z.array(z.string()) }).nullable(),
  exports: z.object({ az: z.string(), terraform: z.string(), bicep: z.string() }).nullable(),
  /** How it ended without a decision: withdrawn (`by` whom, `why` in their words) or expired (by nobody). */
  closing: z.object({ at: IsoTime, by: z.string().nullable(), why: z.string().nullable(), summary: z.string() }).nullable(),
  decisions: z.array(DecisionShape),
  comments: z.array(z.object({ id: z.string(), authorName: z.string(), text: z.string(), createdAt: IsoTime })),
  runs: z.array(
    z.object({
      id: z.string(),
      number: z.number(),
      state: z.string(),
      effect: z.string().nullable(),
      written: z.boolean(),
      queuedAt: IsoTime,
    }),
  ),
  may: z.object({ approve: Ability, reject: Ability, withdraw: Ability, comment: Ability, start: Ability, plan: Ability }),
  /** The approver's sign-in does not meet the verdict: where to sign in again. null: it does. */
  stepUpNeeded: z.object({ why: z.string(), signInUrl: z.string() }).nullable(),
});

export const RequestListQuery = CursorQuery.extend({
  state: RequestState.optional(),
  view: z.enum(["all", "waiting-for-me", "mine"]).default("all"),
  kind: z.string().max(40).optional(),
  search: Search,
  cluster: z.string().max(2048).optional(),
});

export const DecideBody = z.strictObject({
  digest: z.string().regex(/^[0-9a-f]{64}$/, "The digest is 64 hex digits."),
  verdict: z.enum(["approve", "reject"]),
  /** Needed to approve a plan of critical risk: it names what is accepted. */
  acceptsRisk: z.literal("critical", 'Only "critical" has to be accepted.').optional(),
  reason: prose(2000, "A reason").optional(),
  /** For the approval that completes the quorum: start at once, or leave it to be started by hand. */
  start: z.enum(["now", "later"]).default("now"),
});

export const CommentBody = z.strictObject({
  text: prose(4000, "A comment").min(1, "Write something first."),
});
export const IdParams = z.object({ id: z.uuid("This is not an id.") });
export const WithdrawBody = z.strictObject({ reason: prose(2000, "A reason").optional() });
