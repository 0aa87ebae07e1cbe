import { z } from "zod";
import { BinderyError } from "@/lib/kernel/errors";
import { requestKinds } from "@/lib/plans/plan";

const Id = z.string().regex(/^[a-z0-9][a-z0-9-]{0,59}$/, "lower-case letters, digits and hyphens, at most 60");
const some = (item: z.ZodType<string>) => z.array(item).min(1, "at least one entry; leave the condition out to match everything");
const word = z.string().trim().min(1, "some text").max(300);

/** When a rule applies. Every condition that is given must hold; a list holds when one entry does. Texts compare without regard to case; `*` stands for any text. */
export const RuleMatch = z.strictObject({
  kinds: z.array(z.enum(requestKinds)).min(1).optional(),
  /** Subscription ids (GUID) of the cluster. */
  subscriptions: some(z.guid("a subscription id (GUID)")).optional(),
  /** Names of the cluster's resource group. */
  resourceGroups: some(word).optional(),
  /** Tags that the cluster must carry, all of them: key → value. */
  clusterTags: z.record(word, z.string().max(300)).optional(),
  /** Types of the source, such as `Microsoft.MachineLearningServices/workspaces`. */
  sourceTypes: some(word).optional(),
  /** Full names of trusted access roles that the request gives. */
  roles: some(word).optional(),
  /** Highest risk of the roles that the request gives; a role whose rules nobody could read counts as critical. */
  risk: z
    .array(z.enum(["low", "medium", "critical"]))
    .min(1)
    .optional(),
  /** Whether the cluster carries one of the tags that mark production. */
  production: z.boolean().optional(),
  /** Whether the request only takes away: a revoke, fewer roles, a shorter time. */
  reducing: z.boolean().optional(),
});

/** What a rule asks for. A field that is left out is not decided by this rule. */
export const RuleSettings = z.strictObject({
  /** Persons who must approve, besides the requester. */
  approvals: z.number().int("a whole number").min(0).max(3).optional(),
  /** App role that an approver must hold: `Approver`, or a scoped one such as `Approver.Payments`. */
  approverRole: z
    .string()
    .regex(/^Approver(\.[A-Za-z0-9_-]+)*$/, "Approver, or a scoped role such as Approver.Payments")
    .optional(),
  /** Longest duration in hours. */
  maxHours: z.number().int("whole hours").min(1).max(8760).optional(),
  /** Whether access without an end may be asked for. */
  standing: z.boolean().optional(),
  reasonRequired: z.boolean().optional(),
  ticketRequired: z.boolean().optional(),
  /** What an approver's sign-in must show. */
  stepUp: z
    .strictObject({
      /** Authentication context id of Conditional Access, `c1` to `c99`. */
      authenticationContext: z
        .string()
        .regex(/^c[1-9][0-9]?$/, "an authentication context such as c1")
        .optional(),
      /** Oldest allowed interactive sign-in, in minutes. */
      maxSignInAgeMinutes: z.number().int("whole minutes").min(1).max(43_200).optional(),
    })
    .optional(),
  /** Whose token the run uses: the approver who completes the quorum, or the requester. */
  executor: z.enum(["approver", "requester"]).optional(),
  /** Whether the requester may carry on a run that waits for rights. */
  requesterMayCarryOn: z.boolean().optional(),
  /** Whether a timed grant may be made although a delete lock would stop its revocation. */
  acceptDeleteLock: z.boolean().optional(),
});

export const PolicyRule = z.strictObject({
  id: Id,
  description: z.string().trim().min(1, "a sentence").max(500),
  match: RuleMatch,
  set: RuleSettings,
});

/** The whole approval policy. `defaults` hold for what no matching rule decides. */
export const PolicyDocument = z
  .strictObject({
    version: z.literal(1, "1: the only version of this format"),
    defaults: RuleSettings.default({}),
    rules: z.array(PolicyRule).max(200),
  })
  .check((context) => {
    const seen = new Set<string>();
    context.value.rules.forEach((rule, index) => {
      if (seen.has(rule.id))
        context.issues.push({
          code: "custom",
          message: `an id of its own; ${rule.id} is used twice`,
          path: ["rules", index, "id"],
          input: rule.id,
        });
      seen.add(rule.id);
      if (Object.keys(rule.set).length === 0)
        context.issues.push({
          code: "custom",
          message: "at least one setting: a rule that decides nothing is a mistake",
          path: ["rules", index, "set"],
          input: rule.set,
        });
    });
  });

export type PolicyDocument = z.output<typeof PolicyDocument>;
export type PolicyRule = z.output<typeof PolicyRule>;
export type RuleMatch = z.output<typeof RuleMatch>;
export type RuleSettings = z.output<typeof RuleSettings>;

/** Reads a policy document. Throws `wrong_setting` that names every mistake with its path, `rules[2].set.approvals: …`. `where` names the file. */
export function parsePolicy(document: unknown, where: string): PolicyDocument {
  const parsed = PolicyDocument.safeParse(document);
  if (parsed.success) return parsed.data;
  const mistakes = parsed.error.issues.map((issue) => `${pathText(issue.path)}: ${issue.message}`);
  throw new BinderyError("wrong_setting", `The approval policy ${where} is wrong:\n  - ${mistakes.join("\n  - ")}`, {
    remedy: "Mend the policy file and start again. Bindery never falls back to another policy by itself.",
  });
}

function pathText(path: readonly PropertyKey[]): string {
  const text = path.map((part) => (typeof part === "number" ? `[${part}]` : `.${String(part)}`)).join("");
  return text.replace(/^\./, "") || "the document";
}
