import { type Actor, holds } from "@/lib/auth/actor";
import { BinderyError } from "@/lib/kernel/errors";

/** Throws `forbidden` unless the person holds the portal role Auditor: nobody else reads the record, an Administrator neither. */
export function requireAuditor(actor: Actor): void {
  if (holds(actor, "Auditor")) return;
  throw new BinderyError("forbidden", "The audit needs the portal role Auditor.", {
    remedy: "Ask an administrator of Bindery for the portal role, then sign in again.",
  });
}
