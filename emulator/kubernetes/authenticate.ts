import { accessTokenSeconds } from "../entra/tokens";
import { kubernetesAudience } from "../tenant/ids";
import { knobsOf, type World } from "../world";
import type { KubeUser } from "./access";

/**
 * The person of a token for the AKS server application, or undefined where it is none: another audience (a token for ARM too),
 * forged, or no longer alive.
 */
export async function kubernetesUser(world: World, token: string): Promise<Exclude<KubeUser, null> | undefined> {
  const claims = await world.keys.verify(token).catch(() => null);
  if (claims === null) return undefined;
  if (claims.aud !== kubernetesAudience && claims.aud !== `api://${kubernetesAudience}`) return undefined;
  const issuedAt = Number(claims.xms_at ?? 0);
  const now = world.clock.now();
  const ends = Math.min((claims.exp ?? 0) * 1000 + world.clock.offsetMs, issuedAt + accessTokenSeconds * 1000);
  if (ends <= now || issuedAt < knobsOf(world).accessTokensExpireBefore) return undefined;
  const person = world.store.table("people").get(typeof claims.oid === "string" ? claims.oid : "");
  return person === undefined ? undefined : { oid: person.oid, upn: person.upn, groups: person.groups };
}
