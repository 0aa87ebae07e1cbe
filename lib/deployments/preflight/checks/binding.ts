import type { RoleBinding } from "@/lib/azure/types";
import { slotLimit } from "@/lib/bindings/checks";
import type { ApprovedBinding } from "@/lib/bindings/facts";
import { approvalOf, bindingsOfSource } from "@/lib/bindings/of-source";
import { roleWords, sourceWords } from "@/lib/bindings/source-words";
import { suggestName } from "@/lib/bindings/suggest-name";
import { roleNameOf } from "@/lib/roles/rules";
import { block, type Check, notVerified, ok, type PreflightCheck, warn, whyUnread } from "../check";
import type { DeploymentFacts } from "../facts";
import { type DeploymentInput, defaultRole, workspaceIdOf } from "../input";

const slot = { key: "binding-slot", group: "binding", title: "Role binding", field: "binding" } as const;
const named = { key: "binding-name", group: "binding", title: "Name of the role binding", field: "bindingName" } as const;

/** A slot for the role binding, which a deployment makes in either way: by the plan, or by the attach itself; and a name for the plan's own. */
export const checkBinding: Check = ({ input, facts }) => {
  const { bindings } = facts;
  const byPlan = input.binding !== "made-by-attach";
  if (bindings.state !== "ok") {
    const why = `cannot be read ${whyUnread(bindings)}`;
    return [
      notVerified(slot, `How many of the ${slotLimit} binding slots are in use ${why}.`),
      ...(byPlan ? [notVerified(named, `Whether the name is free: the cluster's bindings ${why}.`)] : []),
    ];
  }
  const role = input.binding === "made-by-attach" ? defaultRole : input.binding.role;
  const held = bindingsOfSource(bindings.value, workspaceIdOf(input), role);
  if (held.length > 0) return [heldBy(held, role, facts.approved ?? [])];
  return [slotOf(bindings.value.length), ...(byPlan ? [nameOf(input, facts)] : [])];
};

/** The workspace has the role already. One that lasts counts before one that was granted for a time. */
function heldBy(held: readonly RoleBinding[], role: string, approved: readonly ApprovedBinding[]): PreflightCheck {
  const ends = held.map((one) => ({ name: one.name, end: approvalOf(one, approved)?.remindAt ?? null }));
  const { name, end } = ends.find((one) => one.end === null) ?? ends[0] ?? { name: "", end: null };
  const words = `The workspace has ${roleNameOf(role)} on the cluster already, by the binding ${name}: no slot is needed.`;
  if (end === null) return ok(slot, words);
  return warn(
    slot,
    `${words} But ${name} was granted until ${end.slice(0, 16).replace("T", " ")} UTC: once it is revoked, what runs on the compute loses its access.`,
    `Ask for a change of ${name} that lasts as long as the compute.`,
  );
}

function slotOf(used: number): PreflightCheck {
  if (used >= slotLimit)
    return block(
      slot,
      `All ${slotLimit} binding slots of the cluster are in use, and the attach needs one.`,
      "Revoke a binding that is no longer needed.",
    );
  if (used === slotLimit - 1)
    return warn(slot, `This takes the last of the cluster's ${slotLimit} binding slots.`, "Look whether an older binding can go.");
  return ok(slot, `${used} of ${slotLimit} binding slots are in use.`);
}

function nameOf(input: DeploymentInput, facts: DeploymentFacts): PreflightCheck {
  const clash = nameClash(input, facts);
  if (clash === null) return ok(named, "No binding of the cluster has this name yet.");
  const { name, roles, sourceResourceId } = clash.live;
  return block(
    named,
    `The name ${name} is taken: that binding gives ${roleWords(roles)} to ${sourceWords(sourceResourceId)}.`,
    `Choose another name, such as ${clash.free}.`,
  );
}

/**
 * The binding whose name the plan's own would take, and a name that is free: a PUT under a name that is there would replace what it gives.
 * Null: no binding is made, the name is free, or the cluster's bindings cannot be read.
 */
export function nameClash(input: DeploymentInput, { bindings }: DeploymentFacts): { live: RoleBinding; free: string } | null {
  if (input.binding === "made-by-attach" || bindings.state !== "ok") return null;
  const workspaceId = workspaceIdOf(input);
  const { role } = input.binding;
  if (bindingsOfSource(bindings.value, workspaceId, role).length > 0) return null;
  const names = bindings.value.map(({ name }) => name);
  const live = bindings.value.find(({ name }) => name.toLowerCase() === input.bindingName.toLowerCase());
  return live === undefined ? null : { live, free: suggestName(workspaceId, role, names) };
}
