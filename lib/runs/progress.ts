import type { BinderyError } from "@/lib/kernel/errors";

/** Why a run stops. Plain JSON: the engine records it. */
export type Stop = {
  state: "sign-in-needed" | "rights-needed" | "failed" | "cancelled";
  code: string;
  message: string;
  remedy?: string;
  claims?: string;
  action?: string;
  scope?: string;
  azureCode?: string;
  azureCorrelationId?: string;
};

/** What one look at a step gives: go on, look again later, or stop. `unanswered` marks a look that Azure did not answer. */
export type Progress = { kind: "done" } | { kind: "again"; afterMs: number; unanswered?: boolean } | { kind: "stop"; stop: Stop };

/** The stop that an error of Azure or of the house means for a run. */
export function stopOf(error: BinderyError): Stop {
  const { remedy, action, scope, claims, azureCode, azureCorrelationId } = error.facts;
  const state =
    error.code === "sign_in_needed" || error.code === "not_signed_in"
      ? "sign-in-needed"
      : error.code === "rights_needed"
        ? "rights-needed"
        : "failed";
  return JSON.parse(
    JSON.stringify({ state, code: error.code, message: error.message, remedy, action, scope, claims, azureCode, azureCorrelationId }),
  ) as Stop;
}

/** How many looks in a row may stay unanswered before a step that has not written anything yet fails. */
export const unansweredLimit = 8;
/** How many times one attempt sends a write whose outcome stayed unknown. */
export const writeLimit = 5;
