import type { RoleBinding } from "@/lib/azure/types";
import type { Precondition } from "@/lib/plans/plan";
import { makerOf } from "../compare";
import { rolesOnlyIn, sameGrant, sameRoles } from "../same";
import { roleWords, sourceWords } from "../source-words";
import { block, type CheckInput, notVerified, ok, warn, whyUnread } from "./check";

export const taken = { key: "binding-of-that-name", label: "Binding of that name", field: "name" } as const;
const change = { key: "change", label: "What changes", field: "roles" } as const;
const maker = { key: "maker", label: "Who made it", field: "name" } as const;

/** The binding that a change or a revocation is about: that it exists, who made it, and what a change would alter. */
export function existingChecks({ intent, facts }: CheckInput): Precondition[] {
  const { live, input } = intent;
  if (live === undefined)
    return [notVerified(taken, `Whether the binding exists: the cluster's bindings cannot be read ${whyUnread(facts.bindings)}.`)];
  if (live === null) {
    const remedy = input.kind === "binding-revoke" ? "Nothing needs to be revoked." : "Ask for a grant instead.";
    return [block(taken, `The cluster has no binding named ${input.name}.`, remedy)];
  }
  const made = makerOf(live, facts.approved);
  const found = [bindingState(live)];
  if (made.name !== "Bindery" && made.name !== "hand or a template")
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
