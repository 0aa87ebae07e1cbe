import { cloud } from "@/lib/azure/cloud";
import { bindingApiVersion } from "@/lib/azure/trusted-access";
import type { AzureCaller, Cluster, Readable } from "@/lib/azure/types";
import { isProduction } from "@/lib/clusters/production";
import { db } from "@/lib/db/client";
import { now } from "@/lib/kernel/clock";
import { BinderyError } from "@/lib/kernel/errors";
import { planDigest } from "@/lib/plans/digest";
import { planChanges } from "@/lib/plans/diff";
import type { Plan, UnreadableFact } from "@/lib/plans/plan";
import type { Planned } from "@/lib/plans/planning-context";
import { currentPolicy } from "@/lib/policies/load";
import { kindOf } from "./kinds";
import type { RequestInput } from "./schema";

/** Who asked, as far as planning and policy care. */
export type Asker = { tid: string; oid: string; isApprover: boolean };

/** A plan with its digest and checks, as one person's token sees the facts. */
export type FreshPlan = Planned & { digest: string; cluster: Readable<Cluster> };

/** Gathers the facts with a person's token and plans. Reads Azure; writes nothing but what it finds out by that, as an entry of Bindery's own that somebody removed. */
export async function planWith(
  caller: AzureCaller,
  input: RequestInput,
  asker: Asker,
  planner: { oid: string; name: string },
  against?: Plan,
): Promise<FreshPlan & { unreadable: UnreadableFact[] }> {
  const [looked, policy] = await Promise.all([kindOf(input).look(caller, input, asker, against), currentPolicy()]);
  const { cluster, unreadable } = looked;
  const production = cluster.state === "ok" && isProduction(cluster.value.tags);
  const planned = looked.plan({
    policy: policy.document,
    policyHash: policy.hash,
    cloud: cloud().name,
    tenantId: asker.tid,
    planner,
    requesterIsApprover: asker.isApprover,
    production,
    apiVersions: { binding: bindingApiVersion },
    now: now(),
  });
  return { ...planned, digest: planned.plan === null ? "" : planDigest(planned.plan), cluster, unreadable };
}

/** What became of an approved plan's facts, as another token (or a later moment) sees them. */
export type Comparison = {
  /** Sentences: what changed in what the digest covers. Empty: the digest is the same. */
  changes: string[];
  /** Guarded facts of the plan that this token cannot read. */
  unreadable: UnreadableFact[];
  fresh: { plan: Plan; digest: string };
};

/** Plans the stored request again with this caller's token and holds the result against `plan`. */
export async function comparePlan(
  caller: AzureCaller,
  requestId: string,
  plan: Plan,
  planner: { oid: string; name: string },
): Promise<Comparison> {
  const request = await db().request.findUniqueOrThrow({ where: { id: requestId } });
  const fresh = await planWith(
    caller,
    request.input as RequestInput,
    { tid: request.tid, oid: request.requesterOid, isApprover: request.requesterIsApprover },
    planner,
    plan,
  );
  if (fresh.plan === null) {
    return {
      changes: [],
      unreadable:
        fresh.unreadable.length > 0
          ? fresh.unreadable
          : [
              {
                key: "cluster-id",
                label: "the cluster",
                action: "Microsoft.ContainerService/managedClusters/read",
                scope: request.clusterId,
              },
            ],
      fresh: { plan, digest: planDigest(plan) },
    };
  }
  const changes = fresh.digest === planDigest(plan) ? [] : planChanges(plan, fresh.plan);
  if (fresh.digest !== planDigest(plan) && changes.length === 0) changes.push("The plan is no longer the same.");
  return { changes, unreadable: fresh.unreadable, fresh: { plan: fresh.plan, digest: fresh.digest } };
}

/** Refuses what the checks block, the policy's refusals among them. Throws `invalid_input` with a sentence for each field. */
export function refuseBlocked(planned: Pick<Planned, "checks">): void {
  const blocking = planned.checks.filter((check) => check.status === "blocking");
  if (blocking.length === 0) return;
  const fields = Object.fromEntries(
    blocking.map((check) => [check.field ?? check.key, [check.message, check.remedy].filter(Boolean).join(" ")]),
  );
  throw new BinderyError("invalid_input", blocking.map((check) => check.message).join(" "), { fields, remedy: blocking[0]?.remedy });
}

/** True when the person holds the plain portal role Approver, so that reducing needs no second person. A scoped one does not count. */
export const isApprover = (person: { portalRoles: string[] }): boolean => person.portalRoles.includes("Approver");
