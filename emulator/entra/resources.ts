import { armAudience, clientId, graphAudience, kubernetesAudience } from "../tenant/ids";
import { EntraError } from "./errors";

/** For whom an access token is, what it may do there, and how the answer names that. */
export type Grant = { audience: string; scopes: string[]; answered: string };

const openIdScopes = new Set(["openid", "profile", "offline_access", "email"]);
const audiences = [
  armAudience,
  kubernetesAudience,
  `api://${kubernetesAudience}`,
  clientId,
  `api://${clientId}`,
  graphAudience,
  "https://graph.microsoft.com",
];

/**
 * The one resource of a scope list. `.default` stands for what was consented, which is `user_impersonation` here. No resource at all means Microsoft Graph.
 * Throws EntraError for an unknown resource or for two.
 */
export function grantOf(scope: string): Grant {
  const asked = scope.split(/\s+/).filter((one) => one !== "" && !openIdScopes.has(one.toLowerCase()));
  if (asked.length === 0) return { audience: graphAudience, scopes: ["User.Read"], answered: "openid profile User.Read" };
  const parts = asked.map(split);
  const [first] = parts;
  if (first === undefined || parts.some((part) => part.resource !== first.resource)) {
    throw new EntraError(
      "twoResources",
      "Provided value for the input parameter scope is not valid because it contains more than one resource.",
    );
  }
  const audience = audiences.find((known) => known.toLowerCase() === first.resource.toLowerCase());
  if (audience === undefined) {
    throw new EntraError("unknownResource", `The resource principal named ${first.resource} was not found in the tenant named Contoso.`);
  }
  const scopes = parts.map((part) => (part.name === ".default" ? "user_impersonation" : part.name));
  // Entra names `.default` too when it was asked for: clients keep the token under that name.
  const names = [...new Set([...scopes, ...parts.map((part) => part.name)])];
  return { audience, scopes, answered: names.map((name) => `${audience}/${name}`).join(" ") };
}

function split(scope: string): { resource: string; name: string } {
  const at = scope.lastIndexOf("/");
  if (at <= 0) return { resource: graphAudience, name: scope };
  return { resource: scope.slice(0, at).replace(/\/+$/, ""), name: scope.slice(at + 1) };
}

/** True when the scope list asks for a refresh token. */
export function asksForRefresh(scope: string): boolean {
  return scope.split(/\s+/).includes("offline_access");
}
