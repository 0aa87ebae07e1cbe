import type { RoleBinding } from "@/lib/azure/types";
import { sameId } from "@/lib/kernel/resource-id";
import type { Precondition } from "@/lib/plans/plan";
import { makerOf } from "../compare";
import { rolesOnlyIn, sameGrant, sameRoles } from "../same";
import { roleWords, sourceWords } from "../source-words";
import { block, type Check, type CheckInput, notVerified, ok, warn, whyUnread } from "./check";

/** A cluster takes eight bindings (MicrosoftDocs/azure-aks-docs, trusted-access-feature). */
export const slotLimit = 8;

const name = { key: "name", label: "Name", field: "name" } as const;
const taken = { key: "binding-of-that-name", label: "Binding of that name", field: "name" } as const;
const slots = { key: "slots", label: "Binding slots", field: "clusterId" } as const;
const held = { key: "source-bound", label: "This source's other bindings", field: "sourceResourceId" } as const;
const change = { key: "change", label: "What changes", field: "roles" } as const;
const maker = { key: "maker", label: "Who made it", field: "name" } as const;

// 1–24 since api-version 2022-10-02-preview; 36 and no pattern before that.
const namePattern = /^[A-Za-z0-9-]{1,24}$/;

/** The binding's name against Azure's rule, the other bindings of the cluster, and its slots. */
export const checkName: Check = (input) => [
  ...nameRule(input),
  ...(input.intent.input.kind === "binding-grant" ? grantChecks(input) : existingChecks(input)),
];

function nameRule({ intent }: CheckInput): Precondition[] {
  if (namePattern.test(intent.input.name)) return [ok(name, "The name fits Azure's rule.")];
  if (intent.input.kind === "binding-grant") {
    return [block(name, "A binding's name has 1 to 24 letters, digits and hyphens.", "Shorten the name, or leave out other characters.")];
  }
  const what = intent.input.kind === "binding-revoke" ? "remove" : "change";
  return [
    warn(
      name,
      `The name is from an older api-version, which took other names. Azure may refuse to ${what} it by today's rule.`,
      "If it does, ask Azure support, or remove it with the api-version that made it.",
    ),
  ];
}

function grantChecks({ intent, facts }: CheckInput): Precondition[] {
  const { bindings } = facts;
  if (bindings.state !== "ok") {
    const why = `cannot be read ${whyUnread(bindings)}`;
    return [
      notVerified(taken, `Whether the name is free: the cluster's bindings ${why}.`),
      notVerified(slots, `How many of the ${slotLimit} slots are in use: the cluster's bindings ${why}.`),
      notVerified(held, `Whether this source has a binding already: the cluster's bindings ${why}.`),
    ];
  }
  return [
    nameTaken(intent.live ?? null, intent.sourceResourceId, intent.roles),
    slotsLeft(bindings.value.length),
    ...sourceHolds({ intent, facts } as CheckInput, bindings.value),
  ];
}

function nameTaken(live: RoleBinding | null, source: string | null, roles: string[]): Precondition {
  if (live === null) return ok(taken, "No binding has this name yet.");
  if (source !== null && sameGrant(live, { sourceResourceId: source, roles })) {
    return block(
      taken,
      `The cluster has exactly this binding already (${live.name}).`,
      "To have it approved here, ask for a change of that binding with the same roles.",
    );
  }
  return block(
    taken,
    `The name ${live.name} is taken: that binding gives ${roleWords(live.roles)} to ${sourceWords(live.sourceResourceId)}.`,
    "Choose another name, or ask for a change of that binding.",
  );
}

function slotsLeft(used: number): Precondition {
  if (used >= slotLimit)
    return block(
      slots,
      `All ${slotLimit} binding slots of the cluster are in use.`,
      "Revoke a binding that is no longer needed, or widen one that this source already has.",
    );
  if (used === slotLimit - 1)
    return warn(slots, `This takes the last of the cluster's ${slotLimit} binding slots.`, "Look whether an older binding can go.");
  return ok(slots, `${used} of ${slotLimit} binding slots are in use.`);
}

function sourceHolds({ intent }: CheckInput, bindings: RoleBinding[]): Precondition[] {
  const source = intent.sourceResourceId;
  if (source === null) return [];
  const own = bindings.filter(
    (binding) => sameId(binding.sourceResourceId, source) && binding.name.toLowerCase() !== intent.input.name.toLowerCase(),
  );
  const covering = own.find((binding) => rolesOnlyIn(intent.roles, binding.roles).length === 0);
  if (covering !== undefined) {
    return [
      block(
        held,
        `${sourceWords(source)} has these roles already, by the binding ${covering.name}.`,
        `Nothing needs to be granted. To have it approved here, ask for a change of ${covering.name}.`,
      ),
    ];
  }
  if (own.length === 0) return [ok(held, "This source has no other binding on the cluster.")];
  const list = own.map((binding) => `${binding.name} (${roleWords(binding.roles)})`).join(", ");
  return [
    warn(
      held,
      `${sourceWords(source)} already has a binding on this cluster: ${list}. A second one takes another slot, and Azure may refuse it.`,
      `Ask for a change of ${own[0]?.name} instead.`,
    ),
  ];
}

function existingChecks({ intent, facts }: CheckInput): Precondition[] {
  const { live, input } = intent;
  if (live === undefined)
    return [notVerified(taken, `Whether the binding exists: the cluster's bindings cannot be read ${whyUnread(facts.bindings)}.`)];
  if (live === null) {
    const remedy = input.kind === "binding-revoke" ? "Nothing needs to be revoked." : "Ask for a grant instead.";
    return [block(taken, `The cluster has no binding named ${input.name}.`, remedy)];
  }
  const made = makerOf(live, facts.approved);
  const found = [bindingState(live)];
  if (made.name !== "Bindery" && made.name !== "a person")
    found.push(
      warn(
        maker,
        `${made.name} seems to have made this binding: ${made.reason}`,
        `Ask the owners of ${made.name} first: it may stop working, or make the binding anew.`,
      ),
    );
  if (input.kind === "binding-update") found.push(whatChanges(live, { intent, facts } as CheckInput));
  return found;
}

function bindingState(live: RoleBinding): Precondition {
  const doing = live.provisioningState;
  if (doing === "Deleting") return block(taken, "The binding is being deleted.", "Wait until it is gone.");
  if (doing === "Updating") return warn(taken, "Azure is changing this binding now.", "Start the run when that change is over.");
  if (doing === "Failed" || doing === "Canceled")
    return warn(
      taken,
      `Azure left the binding in state ${doing}: what the cluster really allows is not certain.`,
      "This change writes it anew.",
    );
  return ok(taken, `The binding exists: ${roleWords(live.roles)} for ${sourceWords(live.sourceResourceId)}.`);
}

function whatChanges(live: RoleBinding, { intent, facts }: CheckInput): Precondition {
  if (intent.replaces) {
    return warn(
      change,
      "Azure does not change a binding's source. The binding is deleted and made again; in between, for some minutes, neither source has access.",
      "To avoid the gap, grant the new source a binding of its own and revoke this one afterwards.",
    );
  }
  const gone = rolesOnlyIn(live.roles, intent.roles);
  const added = rolesOnlyIn(intent.roles, live.roles);
  if (!sameRoles(live.roles, intent.roles)) {
    const parts = [added.length > 0 ? `adds ${roleWords(added)}` : "", gone.length > 0 ? `takes away ${roleWords(gone)}` : ""].filter(
      (part) => part !== "",
    );
    return ok(change, `The change ${parts.join(" and ")}.`);
  }
  const approved = facts.approved;
  if (approved === null || approved.state === "approved-absent" || !sameGrant(approved, live)) {
    return ok(change, "Azure holds exactly this already. The run reads it back, and the binding counts as approved here.");
  }
  if (intent.hours === null && approved.remindAt === null)
    return block(change, "Nothing changes: the binding gives these roles already, without an end.", "Choose other roles or a duration.");
  return ok(change, "Only the duration changes. Azure keeps no end for a binding: Bindery does.");
}
