import { createLocalJWKSet, jwtVerify } from "jose";
import { clientId, tenantId } from "../tenant/ids";
import type { World } from "../world";
import { EntraError } from "./errors";

/** Clocks of clients and of Entra differ, and MSAL rounds the second from which its assertion holds up. How much Entra allows is not documented; seconds. */
const clockTolerance = 300;
const bearerType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/**
 * Proves the application by `private_key_jwt` with one of the public keys that the control registered for it.
 * Throws EntraError `badAssertion` for another key, audience, issuer or an expired assertion.
 */
export async function proveClientKey(world: World, form: URLSearchParams): Promise<void> {
  const keys = world.store.table("clientKeys");
  if (form.get("client_assertion_type") !== bearerType || keys.size === 0) throw refused("it is not of a registered key");
  try {
    await jwtVerify(form.get("client_assertion") ?? "", createLocalJWKSet({ keys: [...keys.values()] }), {
      issuer: clientId,
      subject: clientId,
      clockTolerance,
      audience: [`${world.addresses.azure}/${tenantId}/oauth2/v2.0/token`, `${world.addresses.azure}/${tenantId}/v2.0`],
    });
  } catch (cause) {
    throw refused((cause as Error).message);
  }
}

function refused(reason: string): EntraError {
  return new EntraError(
    "badAssertion",
    `The certificate with identifier used to sign the client assertion is not registered on application, or the assertion is not valid: ${reason}.`,
  );
}
