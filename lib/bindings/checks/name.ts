import type { RoleBinding } from "@/lib/azure/types";
import { sameId } from "@/lib/kernel/resource-id";
import type { Precondition } from "@/lib/plans/plan";
import { rolesOnlyIn, sameGrant } from "../same";
import { roleWords, sourceWords } from "../source-words";
import { existingChecks, taken } from "./existing";
import { block, type Check, type CheckInput, notVerified, ok, warn, whyUnread } from "./check";

/** A cluster takes eight bindings (MicrosoftDocs/azure-aks-docs, trusted-access-feature). */
export const slotLimit = 8;

const name = { key: "name", label: "Name", field: "name" } as const;
const slots = { key: "slots", label: "Binding slots", field: "clusterId" } as const;
const held = { key: "source-bound", label: "This source's other bindings", field: "sourceResourceId" } as const;

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
