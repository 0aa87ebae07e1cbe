import { Scale } from "@/components/ui/icons";
import { Notice } from "@/components/ui/notice";
import type { RequestState } from "@/lib/requests/state";
import type { PlanView } from "../shapes";

/** What our policy says about the plan, and the rules that decided. */
export function PlanVerdict({ verdict, state = "waiting" }: { verdict: PlanView["verdict"]; state?: RequestState }) {
  return (
    <div className="space-y-1.5">
      <p className="flex items-start gap-1.5 font-medium">
        <Scale aria-hidden className="mt-0.5 size-4 shrink-0 text-ink-3" />
        {verdictWords(verdict, state)}
      </p>
      {verdict.rules.length === 0 ? (
        <p className="text-xs text-ink-3">No rule matches; the policy's defaults hold.</p>
      ) : (
        <ul className="space-y-1 text-xs">
          {verdict.rules.map((rule) => (
            <li key={rule.id}>
              <code className="font-mono text-ink">{rule.id}</code> <span className="text-ink-3">{rule.because}</span>
            </li>
          ))}
        </ul>
      )}
      {verdict.refusals.map((refusal) => (
        <Notice key={refusal} tone="danger" title="The policy does not allow this">
          {refusal}
        </Notice>
      ))}
    </div>
  );
}

const amounts: Record<number, string> = { 2: "Two", 3: "Three" };

/** States of a request from which no run follows any more. */
const over: readonly RequestState[] = ["rejected", "withdrawn", "expired"];

/** The verdict in a sentence: how many must approve, or had to, with which portal role, and as whom the run acts where there will be one. */
function verdictWords({ approvals, approverRole, executor, stepUp }: PlanView["verdict"], state: RequestState): string {
  if (approvals === 0) return "Nobody has to approve; the run acts as the requester.";
  const who =
    approvals === 1
      ? `One person with the portal role ${approverRole} ${state === "waiting" ? "has" : "had"} to approve`
      : `${amounts[approvals] ?? approvals} persons with the portal role ${approverRole} ${state === "waiting" ? "have" : "had"} to approve`;
  const acts = executor === "approver" ? "the run acts as the one who completes the approval" : "the run acts as the requester";
  const context = stepUp.authenticationContext === null ? "" : `, with a sign-in that meets ${stepUp.authenticationContext}`;
  return over.includes(state) ? `${who}${context}.` : `${who}${context}; ${acts}.`;
}
