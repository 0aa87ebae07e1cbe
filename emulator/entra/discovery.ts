import type { Reply } from "../server/exchange";
import { tenantId } from "../tenant/ids";
import type { World } from "../world";

/** GET /{tenant}/v2.0/.well-known/openid-configuration. The pages for browsers are on plain http, so that no browser warns. */
export function openIdConfiguration(world: World): Reply {
  const { azure, signIn } = world.addresses;
  const authority = `${azure}/${tenantId}`;
  return {
    status: 200,
    body: {
      token_endpoint: `${authority}/oauth2/v2.0/token`,
      token_endpoint_auth_methods_supported: ["client_secret_post", "private_key_jwt", "client_secret_basic"],
      jwks_uri: `${authority}/discovery/v2.0/keys`,
      response_modes_supported: ["query", "fragment", "form_post"],
      subject_types_supported: ["pairwise"],
      id_token_signing_alg_values_supported: ["RS256"],
      response_types_supported: ["code"],
      scopes_supported: ["openid", "profile", "email", "offline_access"],
      issuer: `${authority}/v2.0`,
      request_uri_parameter_supported: false,
      authorization_endpoint: `${signIn}/${tenantId}/oauth2/v2.0/authorize`,
      http_logout_supported: true,
      frontchannel_logout_supported: true,
      end_session_endpoint: `${signIn}/${tenantId}/oauth2/v2.0/logout`,
      claims_supported: [
        "sub",
        "iss",
        "aud",
        "exp",
        "iat",
        "auth_time",
        "acr",
        "nonce",
        "preferred_username",
        "name",
        "tid",
        "ver",
        "at_hash",
        "c_hash",
        "email",
      ],
      code_challenge_methods_supported: ["S256"],
      tenant_region_scope: "EU",
    },
  };
}

/** GET /common/discovery/instance: which hosts are one cloud. */
export function instanceDiscovery(world: World): Reply {
  const host = new URL(world.addresses.azure).host;
  return {
    status: 200,
    body: {
      tenant_discovery_endpoint: `${world.addresses.azure}/${tenantId}/v2.0/.well-known/openid-configuration`,
      "api-version": "1.1",
      metadata: [{ preferred_network: host, preferred_cache: host, aliases: [host] }],
    },
  };
}
