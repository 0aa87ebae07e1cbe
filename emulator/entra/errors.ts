import { randomUUID } from "node:crypto";
import type { Reply } from "../server/exchange";

/** The errors of Entra that are told apart, with OAuth's code, Entra's number and HTTP status. Codes: learn.microsoft.com, reference-error-codes. */
const known = {
  invalidClient: { error: "invalid_client", number: 7000215, status: 401 },
  clientMissing: { error: "invalid_client", number: 7000218, status: 401 },
  badAssertion: { error: "invalid_client", number: 700027, status: 401 },
  unknownClient: { error: "unauthorized_client", number: 700016, status: 400 },
  badRedirect: { error: "invalid_request", number: 50011, status: 400 },
  badRequest: { error: "invalid_request", number: 900144, status: 400 },
  unsupportedGrant: { error: "unsupported_grant_type", number: 70003, status: 400 },
  codeUsed: { error: "invalid_grant", number: 54005, status: 400 },
  codeExpired: { error: "invalid_grant", number: 70008, status: 400 },
  wrongVerifier: { error: "invalid_grant", number: 501481, status: 400 },
  refreshInvalid: { error: "invalid_grant", number: 70000, status: 400 },
  refreshRevoked: { error: "invalid_grant", number: 50173, status: 400, suberror: "bad_token" },
  refreshExpired: { error: "invalid_grant", number: 700082, status: 400, suberror: "bad_token" },
  disabled: { error: "invalid_grant", number: 50057, status: 400 },
  unknownResource: { error: "invalid_resource", number: 500011, status: 400 },
  twoResources: { error: "invalid_request", number: 28000, status: 400 },
  stepUp: { error: "interaction_required", number: 50076, status: 400, suberror: "basic_action" },
  unknownTenant: { error: "invalid_tenant", number: 90002, status: 400 },
} as const;
export type EntraProblem = keyof typeof known;

/** An expected refusal of Entra. */
export class EntraError extends Error {
  readonly problem: EntraProblem;
  readonly claims: string | null;
  constructor(problem: EntraProblem, sentence: string, claims: string | null = null) {
    super(sentence);
    this.problem = problem;
    this.claims = claims;
  }
}

/** The OAuth part of an error: its code and what Entra writes as the description. */
function described(
  error: EntraError,
  nowMs: number,
): {
  error: string;
  error_description: string;
  trace_id: string;
  correlation_id: string;
  timestamp: string;
  error_codes: number[];
  suberror?: string;
} {
  const facts = known[error.problem];
  const trace = randomUUID();
  const correlation = randomUUID();
  const timestamp = `${new Date(nowMs).toISOString().slice(0, 19).replace("T", " ")}Z`;
  return {
    error: facts.error,
    error_description: `AADSTS${facts.number}: ${error.message} Trace ID: ${trace} Correlation ID: ${correlation} Timestamp: ${timestamp}`,
    error_codes: [facts.number],
    timestamp,
    trace_id: trace,
    correlation_id: correlation,
    ...("suberror" in facts ? { suberror: facts.suberror } : {}),
  };
}

/** The answer of the token endpoint for an error. */
export function errorReply(error: EntraError, nowMs: number): Reply {
  const body = { ...described(error, nowMs), ...(error.claims === null ? {} : { claims: error.claims }) };
  return { status: known[error.problem].status, body };
}
