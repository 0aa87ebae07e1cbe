import type { RoleBinding } from "@/lib/azure/types";
import { sameId } from "@/lib/kernel/resource-id";
import type { BindingInput } from "@/lib/requests/schema";
import { fullNameOf } from "@/lib/roles/rules";
import type { BindingFacts } from "./facts";
import { rolesOnlyIn, sameRoles } from "./same";

/** What a request comes to, held against what is there. */
export type Intent = {
  input: BindingInput;
  /** The live binding of that name; null: proven absent; undefined: not readable. */
  live: RoleBinding | null | undefined;
  /** Source that the binding gives access to, as the plan writes it; null for a revoke of a binding that is not known. */
  sourceResourceId: string | null;
  /** Roles that the binding gives afterwards, as the plan writes them, sorted; empty for a revoke. */
  roles: string[];
  /** Hours; null: standing; undefined: a revoke has none. */
  hours: number | null | undefined;
  /** True when another source takes the binding's place: delete and create, since Azure does not change a binding's source. */
  replaces: boolean;
  /** True when the change only takes access away: a revoke, fewer roles, a shorter time. */
  reducing: boolean;
};

/** What a request comes to. Roles and ids take the spelling of Azure (or of the plan they are held against), so that a plan is the same however they were typed. */
export function intentOf(input: BindingInput, facts: BindingFacts, now: Date): Intent {
  const live = liveOf(input.name, facts);
  if (input.kind === "binding-revoke") {
    return { input, live, sourceResourceId: live?.sourceResourceId ?? null, roles: [], hours: undefined, replaces: false, reducing: true };
  }
  const roles = spelledRoles(input.roles, facts);
  const replaces = input.kind === "binding-update" && live != null && !sameId(live.sourceResourceId, input.sourceResourceId);
  const keeps = input.kind === "binding-update" && live != null && !replaces;
  const sourceResourceId = keeps ? live.sourceResourceId : input.sourceResourceId;
  return {
    input,
    live,
    sourceResourceId,
    roles,
    hours: input.hours,
    replaces,
    reducing: keeps && onlyTakesAway(live, roles, input.hours, facts, now),
  };
}

function liveOf(name: string, facts: BindingFacts): Intent["live"] {
  if (facts.bindings.state === "ok")
    return facts.bindings.value.find((binding) => binding.name.toLowerCase() === name.toLowerCase()) ?? null;
  if (facts.bindings.state === "absent") return null;
  const known = facts.baseline?.guardedFacts.some((fact) => fact.key === "binding-of-that-name" && fact.verified) ?? false;
  if (!known || facts.baseline === undefined) return undefined;
  const { before, target } = facts.baseline;
  return before === null ? null : { ...before, id: target.bindingId, provisioningState: "Unknown" };
}

/**
 * True when roles or time shrink against what was approved here, and neither grows. What nobody approved here cannot be reduced by one
 * person alone: that would approve it.
 */
function onlyTakesAway(live: RoleBinding, roles: string[], hours: number | null, facts: BindingFacts, now: Date): boolean {
  const { approved } = facts;
  if (approved?.state !== "approved-present" || !sameId(approved.sourceResourceId, live.sourceResourceId)) return false;
  if (rolesOnlyIn(roles, live.roles).length > 0 || rolesOnlyIn(roles, approved.roles).length > 0) return false;
  const end = approved.remindAt === null ? Number.POSITIVE_INFINITY : Date.parse(approved.remindAt);
  const newEnd = hours === null ? Number.POSITIVE_INFINITY : now.getTime() + hours * 3_600_000;
  return newEnd <= end && (newEnd < end || !sameRoles(roles, live.roles));
}

function spelledRoles(asked: string[], facts: BindingFacts): string[] {
  const planned = facts.baseline?.after?.roles;
  if (planned !== undefined && sameRoles(planned, asked)) return planned;
  const catalogue = facts.catalogue.state === "ok" ? facts.catalogue.value.roles : (facts.snapshot?.roles ?? []);
  const known = catalogue.map(fullNameOf);
  const spelled = asked.map(
    (role) => known.find((name) => name === role) ?? known.find((name) => name.toLowerCase() === role.toLowerCase()) ?? role,
  );
  const unique = new Map(spelled.map((role) => [role.toLowerCase(), role]));
  return [...unique.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, role]) => role);
}
