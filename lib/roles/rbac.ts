import type { KubernetesRole, KubernetesRoleBinding, KubernetesSubject } from "@/lib/azure/deployment-types";
import { atLeast, highest, type RiskLevel, type RiskReason, riskOf } from "./risk";

/** Who holds something in a cluster. */
export type RbacSubject = KubernetesSubject & {
  /** True for a part of Kubernetes itself: a user or group whose name begins with `system:`. Never for those that mean everybody. */
  system: boolean;
  /** True for a group that takes in everybody who signs in, or everybody at all, or every service account. */
  everyone: boolean;
};

/** What a subject holds by one role. */
export type RbacGrant = {
  subject: RbacSubject;
  /** `namespace` null: a ClusterRole. */
  role: { kind: "Role" | "ClusterRole"; name: string; namespace: string | null };
  /** Everywhere, or in these namespaces. */
  scope: "cluster" | string[];
  /** Names of the bindings that give it. */
  bindings: string[];
  risk: RiskLevel;
  /** The worst first. */
  reasons: RiskReason[];
};

/**
 * Hazards of things that belong to no namespace, and of paths: a RoleBinding gives none of them, whatever the rules say (Kubernetes, RBAC
 * authorization). Impersonating users is one too, but service accounts are impersonated in a namespace, so it stays.
 */
export const clusterOnly: ReadonlySet<string> = new Set([
  "volumes-create",
  "nodes-proxy",
  "admission-write",
  "certificates-approve",
  "api-services-write",
  "definitions-write",
  "nodes-write",
  "paths",
]);

const everyone = /^system:(authenticated|unauthenticated|serviceaccounts(:.+)?)$/;

/**
 * Who may do what in a cluster, from its roles and role bindings, the highest risk first: one line for each subject and role, with the
 * namespaces that it holds for. The rules are judged as those of trusted access roles are. A binding whose role is not there gives
 * nothing, and its line says so.
 */
export function analyseRbac(roles: readonly KubernetesRole[], bindings: readonly KubernetesRoleBinding[]): RbacGrant[] {
  const known = new Map(roles.map((role) => [JSON.stringify([role.namespace, role.name]), role]));
  const grants = new Map<string, Held>();
  for (const binding of bindings) {
    const namespace = binding.role.kind === "Role" ? binding.namespace : null;
    for (const subject of binding.subjects) {
      const of = { ...subject, namespace: subject.kind === "ServiceAccount" ? (subject.namespace ?? binding.namespace) : null };
      const key = JSON.stringify([of.kind, of.namespace, of.name, binding.role.kind, namespace, binding.role.name]);
      const held = grants.get(key) ?? {
        subject: of,
        role: { ...binding.role, namespace },
        everywhere: false,
        in: new Set(),
        bindings: new Set(),
      };
      if (binding.namespace === null) held.everywhere = true;
      else held.in.add(binding.namespace);
      held.bindings.add(binding.name);
      grants.set(key, held);
    }
  }
  return [...grants.values()].map((held) => toGrant(held, known.get(JSON.stringify([held.role.namespace, held.role.name])))).sort(inOrder);
}

type Held = { subject: KubernetesSubject; role: RbacGrant["role"]; everywhere: boolean; in: Set<string>; bindings: Set<string> };

function toGrant({ subject, role, everywhere, in: namespaces, bindings }: Held, found: KubernetesRole | undefined): RbacGrant {
  const scope = everywhere ? "cluster" : [...namespaces].sort();
  const group = subject.kind !== "ServiceAccount";
  const all = group && everyone.test(subject.name);
  const account = subject.name.startsWith("system:serviceaccount:");
  return {
    subject: { ...subject, system: group && !all && !account && subject.name.startsWith("system:"), everyone: all },
    role,
    scope,
    bindings: [...bindings].sort(),
    ...judge(found, scope),
  };
}

function judge(role: KubernetesRole | undefined, scope: RbacGrant["scope"]): { risk: RiskLevel; reasons: RiskReason[] } {
  if (role === undefined)
    return say(
      "medium",
      "role-missing",
      "The role is not there: it gives nothing now, and whoever makes a role of that name decides what it gives.",
    );
  const { level, reasons } = riskOf(role.rules);
  if (scope === "cluster") return { risk: level, reasons };
  const left = reasons
    .filter(({ code }) => !clusterOnly.has(code))
    .map((reason) => ({ ...reason, text: inNamespaces(reason.text, scope) }));
  if (left.length === 0)
    return say("low", "bounded", "Nothing in the rules that holds inside a namespace reads secrets, runs code or changes permissions.");
  return { risk: highest(left.map(({ level: one }) => one)), reasons: left };
}

const say = (level: RiskLevel, code: string, text: string) => ({ risk: level, reasons: [{ level, code, text }] });

/** The sentences are those of roles that hold everywhere. */
function inNamespaces(text: string, namespaces: readonly string[]): string {
  const where = namespaces.length === 1 ? `the namespace ${namespaces[0]}` : `${namespaces.length} namespaces`;
  return text
    .replace("in every namespace", `in ${where}`)
    .replace("in any namespace", `in ${where}`)
    .replace(
      "that is the whole cluster, now and whatever is added later",
      `that is all there is in ${where}, now and whatever is added later`,
    );
}

/** By risk; what everybody holds first, Kubernetes' own last, what holds everywhere before what does not; then by name. */
function inOrder(a: RbacGrant, b: RbacGrant): number {
  return (
    Number(atLeast(b.risk, a.risk)) - Number(atLeast(a.risk, b.risk)) ||
    Number(b.subject.everyone) - Number(a.subject.everyone) ||
    Number(a.subject.system) - Number(b.subject.system) ||
    Number(a.scope !== "cluster") - Number(b.scope !== "cluster") ||
    compare(a.subject.kind, b.subject.kind) ||
    compare(a.subject.namespace ?? "", b.subject.namespace ?? "") ||
    compare(a.subject.name, b.subject.name) ||
    compare(a.role.name, b.role.name) ||
    compare(a.role.namespace ?? "", b.role.namespace ?? "")
  );
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
