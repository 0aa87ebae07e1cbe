import { BinderyError } from "@/lib/kernel/errors";
import { settings } from "@/lib/kernel/settings";
import type { Actor } from "./actor";
import { freshRoles } from "./caller";

/**
 * The signed-in person as Entra knows them at this moment: portal roles, person and strength of the sign-in from a renewed id_token and not
 * from the session. For every verb that asks for a change or lets one happen. Throws `sign_in_needed` when the person must come back, and
 * `forbidden` when Entra does not tell the claim that joins a person's accounts: then nobody can say whose request is one's own.
 */
export async function freshActor(actor: Actor): Promise<Actor> {
  const { personKey, ...fresh } = await freshRoles(actor);
  if (personKey === null)
    throw new BinderyError(
      "forbidden",
      `Entra does not tell the claim ${settings().BINDERY_PERSON_CLAIM} of your account, so Bindery cannot tell whether you and somebody who asks or approves are one person.`,
      { remedy: "Let your Entra administrator give your account that claim, then sign in again." },
    );
  return { ...actor, ...fresh, personKey };
}
