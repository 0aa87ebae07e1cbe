import { type Actor, holds } from "@/lib/auth/actor";
import { BinderyError } from "@/lib/kernel/errors";

/** Throws `forbidden` unless the person holds the portal role Administrator: what service tags say decides what is opened and closed. */
export function requireAdministrator(actor: Actor): void {
  if (holds(actor, "Administrator")) return;
  throw new BinderyError("forbidden", "Service tags are imported, and losses of tags accepted, with the portal role Administrator.", {
    remedy: "Ask an administrator of Bindery to do it.",
  });
}
