import type { Actor } from "@/lib/auth/actor";
import type { Acting } from "@/lib/runs/store";

/** The person as whom a run will act: always the one who pressed the button. */
export function actingAs(actor: Actor): Acting {
  return { oid: actor.oid, personKey: actor.personKey, name: actor.name, homeAccountId: actor.homeAccountId };
}
