import { slotLimit } from "@/lib/bindings/checks";
import { sameId } from "@/lib/kernel/resource-id";
import { roleNameOf } from "@/lib/roles/rules";
import { block, type Check, notVerified, ok, warn, whyUnread } from "../check";
import { defaultRole } from "../input";

const about = { key: "binding-slot", group: "binding", title: "Role binding", field: "binding" } as const;

/** A slot for the role binding, which a deployment makes in either way: by the plan, or by the attach itself. */
export const checkBindingSlot: Check = ({ input, facts: { bindings } }) => {
  if (bindings.state !== "ok")
    return [notVerified(about, `How many of the ${slotLimit} binding slots are in use cannot be read ${whyUnread(bindings)}.`)];
  const role = input.binding === "made-by-attach" ? defaultRole : input.binding.role;
  const { workspace } = input;
  const held = bindings.value.find(
    (one) =>
      workspace.use === "existing" &&
      sameId(one.sourceResourceId, workspace.id) &&
      one.roles.some((name) => name.toLowerCase() === role.toLowerCase()),
  );
  if (held !== undefined)
    return [ok(about, `The workspace has ${roleNameOf(role)} on the cluster already, by the binding ${held.name}: no slot is needed.`)];
  const used = bindings.value.length;
  if (used >= slotLimit)
    return [
      block(
        about,
        `All ${slotLimit} binding slots of the cluster are in use, and the attach needs one.`,
        "Revoke a binding that is no longer needed.",
      ),
    ];
  if (used === slotLimit - 1)
    return [warn(about, `This takes the last of the cluster's ${slotLimit} binding slots.`, "Look whether an older binding can go.")];
  return [ok(about, `${used} of ${slotLimit} binding slots are in use.`)];
};
