import type { z } from "zod";
import { idKey } from "@/lib/kernel/resource-id";
import type { RbacGrant } from "@/lib/roles/rbac";
import { highest, type RiskReason } from "@/lib/roles/risk";
import type { AccessSubject as Shape } from "./schema-inside";

export type AccessSubject = z.infer<typeof Shape>;

/** So many reasons are told of one subject, the worst first. */
const reasonsAtMost = 5;
const rank = { critical: 0, medium: 1, low: 2 } as const;

/** Grants joined by who holds them: each subject once, with its highest risk and why, in the order of `subjectKey`. */
export function subjectsOf(grants: readonly RbacGrant[]): AccessSubject[] {
  const bySubject = new Map<string, RbacGrant[]>();
  for (const grant of grants) {
    const { kind, namespace, name } = grant.subject;
    const key = JSON.stringify([kind, namespace, name]);
    bySubject.set(key, [...(bySubject.get(key) ?? []), grant]);
  }
  const keyOf = (one: AccessSubject): string => idKey(subjectKey(one));
  return [...bySubject.values()].map(subjectOf).sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

function subjectOf(grants: RbacGrant[]): AccessSubject {
  const { kind, name, namespace, system, everyone } = (grants[0] as RbacGrant).subject;
  const risk = highest(grants.map((grant) => grant.risk));
  return {
    kind,
    name,
    namespace,
    system,
    everyone,
    risk,
    reasons: reasonsOf(grants).slice(0, reasonsAtMost),
    grants: grants.map((grant) => ({
      role: grant.role,
      namespaces: grant.scope === "cluster" ? null : grant.scope,
      bindings: grant.bindings,
      risk: grant.risk,
    })),
  };
}

/** Every reason once. */
function reasonsOf(grants: RbacGrant[]): RiskReason[] {
  const reasons = new Map(grants.flatMap((grant) => grant.reasons).map((reason) => [reason.text, reason]));
  return [...reasons.values()].sort((a, b) => rank[a.level] - rank[b.level]);
}

/** What a list of subjects is sorted and paged by: risk, those that mean everybody first and Kubernetes' own last, then the name. */
export function subjectKey({ risk, everyone, system, kind, namespace, name }: AccessSubject): string {
  return [rank[risk], everyone ? 0 : system ? 2 : 1, kind, namespace ?? "-", name].join("/");
}
