import { idKey, sameId } from "@/lib/kernel/resource-id";
import type { Json } from "@/lib/kernel/json";
import type { GuardedFact } from "@/lib/plans/plan";
import type { BindingFacts, GuardedKey } from "./facts";
import type { Intent } from "./intent";
import { grantKey } from "./same";

type Found = { verified: boolean; value: Json };
const unread: Found = { verified: false, value: null };

const labels: Record<GuardedKey, string> = {
  "binding-of-that-name": "The binding of that name",
  "bindings-of-this-source": "This source's bindings on the cluster",
  "source-id": "The source resource",
  "source-principal": "The source's identity (principal id)",
  "cluster-id": "The cluster",
  "cluster-uid": "The cluster's unique id (changes when it is made anew)",
};

/**
 * The facts that an approval rests on. A revoke rests on the binding and the cluster alone: what becomes of the source meanwhile is no
 * reason to keep its access. Held against an approved plan, the facts are those of that plan: one that was not verified there stays so,
 * and one that cannot be read now keeps the approved value.
 */
export function guardedFactsOf(intent: Intent, facts: BindingFacts): GuardedFact[] {
  const found: Partial<Record<GuardedKey, Found>> = { "binding-of-that-name": nameFact(intent, facts) };
  if (intent.input.kind !== "binding-revoke") {
    found["bindings-of-this-source"] = sourceBindings(intent, facts);
    found["source-id"] = sourceFact(facts, (source) => idKey(source.id));
    found["source-principal"] = sourceFact(facts, (source) => source.identity.principalId?.toLowerCase() ?? null);
  }
  found["cluster-id"] = facts.cluster.state === "ok" ? proven(idKey(facts.cluster.value.id)) : unread;
  found["cluster-uid"] =
    facts.cluster.state === "ok" && facts.cluster.value.resourceUid !== null ? proven(facts.cluster.value.resourceUid) : unread;
  return (Object.keys(found) as GuardedKey[]).map((key) => withBaseline({ key, label: labels[key], ...(found[key] ?? unread) }, facts));
}

function nameFact(intent: Intent, facts: BindingFacts): Found {
  if (facts.bindings.state !== "ok" || intent.live === undefined) return unread;
  return proven(intent.live === null ? null : grantKey(intent.live));
}

function sourceBindings(intent: Intent, facts: BindingFacts): Found {
  const source = intent.sourceResourceId;
  if (facts.bindings.state !== "ok" || source === null) return unread;
  const own = facts.bindings.value.filter((binding) => sameId(binding.sourceResourceId, source));
  const listed = own.map((binding) => ({ name: binding.name.toLowerCase(), roles: grantKey(binding).roles }));
  return proven(listed.sort((a, b) => (a.name < b.name ? -1 : 1)));
}

function sourceFact(facts: BindingFacts, of: (source: Extract<BindingFacts["source"], { state: "ok" }>["value"]) => Json): Found {
  if (facts.source.state === "ok") return proven(of(facts.source.value));
  return facts.source.state === "absent" ? proven(null) : unread;
}

function proven(value: Json): Found {
  return { verified: true, value };
}

function withBaseline(fact: GuardedFact, facts: BindingFacts): GuardedFact {
  const approved = facts.baseline?.guardedFacts.find((other) => other.key === fact.key);
  if (approved === undefined) return fact;
  return !approved.verified || !fact.verified ? approved : fact;
}
