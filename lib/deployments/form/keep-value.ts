import { appendAudit } from "@/lib/audit/append";
import { type Actor, mayAsk } from "@/lib/auth/actor";
import { type Tx, transaction } from "@/lib/db/client";
import type { Answer, BodyOut } from "@/lib/http/contract";
import { BinderyError } from "@/lib/kernel/errors";
import { keepValue } from "../protected-store";
import type { ProtectedRef } from "../settings/input";
import { lookUp } from "../settings/table";

/**
 * Keeps the value of a protected setting sealed for its owner, until a request uses it or 72 hours are over. The record names the key and
 * never the value. Throws `invalid_input` with the field for a key that takes none, `conflict` when too many values are kept.
 */
export async function keepProtectedValue(
  actor: Actor,
  { key, value }: BodyOut<"POST /api/v1/deployments/protected-values">,
): Promise<Answer<"POST /api/v1/deployments/protected-values">> {
  requireAsker(actor);
  const refusal = refusalOfKey(key);
  if (refusal !== null) {
    const { message, remedy } = refusal;
    throw new BinderyError("invalid_input", message, { field: "key", fields: { key: `${message} ${remedy}` }, remedy });
  }
  return transaction((tx) => sealValue(tx, actor, key, value));
}

/** Throws `forbidden` for a person who may not ask. */
export function requireAsker(actor: Actor): void {
  if (!mayAsk(actor)) throw new BinderyError("forbidden", "Asking needs the portal role Requester or Approver.");
}

/** Keeps one value, and puts its key on record. */
export async function sealValue(tx: Tx, actor: Actor, key: string, value: string): Promise<ProtectedRef> {
  const { ref } = await keepValue(tx, actor, key, value, null);
  await appendAudit(tx, {
    tid: actor.tid,
    action: "protected-value-kept",
    outcome: "ok",
    actor,
    subject: { type: "protected-setting", id: key },
    summary: `Value of the protected setting ${key} kept sealed, for a request that is yet to be made`,
  });
  return { ref };
}

/** The form shows the field where it is of use, and no endpoint uses a certificate over plain HTTP. */
const fileRemedy =
  "Upload certificate and key together under “Or upload a certificate and its key”, which the form shows for inference while allowInsecureConnections is not True. Or leave it out.";

/**
 * Why no value of its own is kept for a key; null: one is. A key that the table does not know may be a secret of a part that the extension
 * brings along.
 */
export function refusalOfKey(key: string): { message: string; remedy: string } | null {
  const found = lookUp(key);
  switch (found.status) {
    case "known":
      if (found.setting.kind === "pem") return { message: `${key} is given as a file.`, remedy: fileRemedy };
      return found.setting.protected ? null : { message: `${key} is no secret.`, remedy: "Enter it among the plain settings." };
    case "misspelt":
      return { message: `There is no setting ${key}; did you mean ${found.key}?`, remedy: `Enter it as ${found.key}.` };
    case "wrong-name":
      return { message: `${key} is not to be set. ${found.name.why}`, remedy: "Leave it out." };
    case "arc-only":
      return { message: `${key} is for clusters connected through Azure Arc; AKS is reached without it.`, remedy: "Leave it out." };
    case "passed-on":
    case "unknown":
      return null;
  }
}
