import { clientId, tenantId } from "../tenant/ids";
import { acrsAsked } from "./claims";

/** What an application asks of the sign-in page. */
export type AuthorizeRequest = {
  redirectUri: string;
  scope: string;
  state: string | null;
  nonce: string | null;
  challenge: string | null;
  mode: "query" | "fragment" | "form_post";
  prompt: string | null;
  /** Oldest sign-in that will do, s; null: any. */
  maxAge: number | null;
  loginHint: string | null;
  acrs: string[];
  wantsClientInfo: boolean;
};

/** `refused` must be shown to the person, `bad` may be told to the application at its address. */
export type ReadRequest =
  | { ok: AuthorizeRequest }
  | { refused: string }
  | { bad: { error: string; sentence: string }; redirectUri: string; state: string | null };

/** Reads and checks the query of /authorize. `portal`: the origin whose `/api/auth/callback` is registered. */
export function readAuthorizeRequest(query: URLSearchParams, portal: string): ReadRequest {
  const redirectUri = query.get("redirect_uri") ?? "";
  const client = query.get("client_id");
  if (client !== clientId)
    return {
      refused: `AADSTS700016: Application with identifier '${client ?? ""}' was not found in the directory 'Contoso' (${tenantId}).`,
    };
  if (redirectUri !== `${portal}/api/auth/callback`) {
    return {
      refused: `AADSTS50011: The redirect URI '${redirectUri}' specified in the request does not match the redirect URIs configured for the application '${clientId}'.`,
    };
  }
  const state = query.get("state");
  const bad = (error: string, sentence: string): ReadRequest => ({ bad: { error, sentence }, redirectUri, state });
  const mode = query.get("response_mode") ?? "query";
  const challenge = query.get("code_challenge");
  const acrs = acrsAsked(query.get("claims"));
  if (query.get("response_type") !== "code")
    return bad("unsupported_response_type", "AADSTS700051: response_type must be 'code' for this application.");
  if (mode !== "query" && mode !== "fragment" && mode !== "form_post")
    return bad("invalid_request", `AADSTS900144: The response mode '${mode}' is not supported.`);
  if (challenge !== null && query.get("code_challenge_method") !== "S256")
    return bad("invalid_request", "AADSTS501491: Only the S256 code_challenge_method is supported.");
  if (acrs === null) return bad("invalid_request", "AADSTS90023: The claims parameter is not valid JSON.");
  const maxAge = query.get("max_age");
  return {
    ok: {
      redirectUri,
      scope: query.get("scope") ?? "openid",
      state,
      nonce: query.get("nonce"),
      challenge,
      mode,
      prompt: query.get("prompt"),
      maxAge: maxAge !== null && /^\d+$/.test(maxAge) ? Number(maxAge) : null,
      loginHint: query.get("login_hint"),
      acrs,
      wantsClientInfo: query.get("client_info") === "1",
    },
  };
}
