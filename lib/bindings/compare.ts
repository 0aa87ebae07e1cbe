import type { RoleBinding } from "@/lib/azure/types";
import { sameId } from "@/lib/kernel/resource-id";
import type { ApprovedBinding } from "./facts";
import { rolesOnlyIn, sameGrant } from "./same";
import { roleWords, sourceTypeKey, sourceWords } from "./source-words";

/** How a binding stands: what was approved here against what is live. */
export type Standing = {
  standing: "approved-here" | "made-outside" | "missing" | "different" | "failed";
  /** What differs, in a sentence; null where nothing does. */
  difference: string | null;
};

type Live = Pick<RoleBinding, "name" | "sourceResourceId" | "roles" | "provisioningState">;

/**
 * Holds what was approved here against the live binding of the same name. Roles are compared as sets, ids and roles without regard to
 * case. `null` on both sides, or an approved absence that is absent, gives null: there is nothing to show.
 */
export function standingOf(approved: ApprovedBinding | null, live: Live | null): Standing | null {
  const present = approved?.state === "approved-present" ? approved : null;
  if (live === null) {
    if (present === null) return null;
    return {
      standing: "missing",
      difference: `Approved here, and not in Azure: ${roleWords(present.roles)} for ${sourceWords(present.sourceResourceId)}.`,
    };
  }
  if (present === null) {
    const removed = approved?.state === "approved-absent";
    return { standing: "made-outside", difference: removed ? "Its removal was approved here, and it is in Azure." : null };
  }
  if (!sameGrant(present, live)) return { standing: "different", difference: differenceOf(present, live) };
  if (live.provisioningState === "Failed" || live.provisioningState === "Canceled") {
    return {
      standing: "failed",
      difference: `Azure left the binding in state ${live.provisioningState}: what the cluster really allows is not certain.`,
    };
  }
  return { standing: "approved-here", difference: null };
}

/** What the live binding has that was not approved, and lacks that was, in a sentence. */
function differenceOf(approved: ApprovedBinding, live: Live): string {
  const parts: string[] = [];
  if (!sameId(approved.sourceResourceId, live.sourceResourceId)) {
    parts.push(`gives access to ${sourceWords(live.sourceResourceId)}, approved was ${sourceWords(approved.sourceResourceId)}`);
  }
  const extra = rolesOnlyIn(live.roles, approved.roles);
  const lacking = rolesOnlyIn(approved.roles, live.roles);
  if (extra.length > 0) parts.push(`has ${roleWords(extra)}, which was not approved`);
  if (lacking.length > 0) parts.push(`lacks ${roleWords(lacking)}, which was approved`);
  return `Azure's binding ${parts.join("; it ")}.`;
}

/** Who seems to have made a binding. Azure does not say: a binding carries no systemData. */
export type Maker = { name: "Bindery" | "Azure ML attach" | "Azure Backup" | "Microsoft Defender" | "hand or a template"; reason: string };

/**
 * Who seems to have made a binding, and from what that is concluded: our record first, then the source's type and the names that
 * Microsoft's services give (Defender: `defender-…`; Backup: a long number, hex digits and a count).
 */
export function makerOf(binding: Pick<RoleBinding, "name" | "sourceResourceId" | "roles">, approved: ApprovedBinding | null): Maker {
  if (approved?.state === "approved-present" && sameGrant(approved, binding))
    return { name: "Bindery", reason: "It was approved here and is as approved." };
  const type = sourceTypeKey(binding.sourceResourceId);
  if (type.startsWith("microsoft.security/"))
    return { name: "Microsoft Defender", reason: "Its source is a plan of Microsoft Defender for Cloud." };
  if (type === "microsoft.dataprotection/backupvaults") {
    if (/^\d{10,}[0-9a-f]*-\d+$/i.test(binding.name))
      return { name: "Azure Backup", reason: "Its source is a backup vault, and its name has the form that Azure Backup gives." };
    return {
      name: "hand or a template",
      reason:
        "Its source is a backup vault, but its name is not of the form that Azure Backup gives: it was made by hand or by a template.",
    };
  }
  if (type === "microsoft.machinelearningservices/workspaces" && looksGenerated(binding.name) && onlyWorkload(binding.roles)) {
    return {
      name: "Azure ML attach",
      reason:
        "Its source is a workspace, it gives mlworkload alone, and its name looks generated: attaching a cluster makes such a binding, and so do some templates.",
    };
  }
  return {
    name: "hand or a template",
    reason: "Nothing points to a service of Microsoft: it was made by hand or by a template.",
  };
}

const onlyWorkload = (roles: string[]): boolean => roles.length === 1 && /\/mlworkload$/i.test(roles[0] ?? "");
/** A GUID's beginning, a run of hex digits, or letters and digits mixed as by a hash: not words that a person chose. */
const looksGenerated = (name: string): boolean => /^[0-9a-f-]{12,24}$/i.test(name) || /^(aml|azureml|ml)-?[0-9a-z]{10,}$/i.test(name);
