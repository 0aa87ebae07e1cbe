/** What the policy says about one plan: plain JSON, part of the digest. */
export type Verdict = {
  /** Version hash of the policy document that decided. */
  policyHash: string;
  /** Ids of the rules that decided, in the order of the document. */
  rules: { id: string; because: string }[];
  /** 0–3. */
  approvals: number;
  /** App role that an approver must hold, for example `Approver` or `Approver.Payments`. */
  approverRole: string;
  maxHours: number | null;
  standingAllowed: boolean;
  reasonRequired: boolean;
  ticketRequired: boolean;
  /** What the approver's sign-in must show. */
  stepUp: { authenticationContext: string | null; maxSignInAgeMinutes: number | null };
  executor: "approver" | "requester";
  requesterMayCarryOn: boolean;
  /** True when a timed grant may be made although a delete lock would stop its revocation. */
  acceptDeleteLock: boolean;
  /** Sentences: why the request as it stands is not allowed at all (too long, standing forbidden, ticket missing). Empty: allowed. */
  refusals: string[];
};
