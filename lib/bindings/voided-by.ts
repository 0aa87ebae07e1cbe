import type { GuardedFact, PlannedRole } from "@/lib/plans/plan";
import type { GuardedKey } from "./facts";
import { roleWords } from "./source-words";

const sentences: Record<GuardedKey, (fact: GuardedFact) => string> = {
  "binding-of-that-name": (fact) =>
    fact.value === null ? "Somebody makes a binding of that name on the cluster." : "Somebody changes or removes the binding of that name.",
  "bindings-of-this-source": () => "Another binding of this source on the cluster is made, changed or removed.",
  "source-id": () => "The source resource is deleted or moved.",
  "source-principal": () => "The source's managed identity changes, as when it is deleted and made anew.",
  "cluster-id": () => "The cluster is deleted or moved.",
  "cluster-uid": () => "The cluster is deleted and made anew under its name.",
};

/** What would void a plan, in sentences: only facts that were verified can. */
export function voidedBy(facts: GuardedFact[], roles: PlannedRole[]): string[] {
  const verified = roles.filter((role) => role.verified).map((role) => role.fullName);
  return [
    ...facts.filter((fact) => fact.verified).map((fact) => sentences[fact.key as GuardedKey](fact)),
    ...(verified.length > 0 ? [`Microsoft changes the rules of ${roleWords(verified)}.`] : []),
    "The policy comes to another verdict on this request.",
  ];
}
