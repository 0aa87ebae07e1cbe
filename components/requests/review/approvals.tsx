import { Check, Circle, X } from "@/components/ui/icons";
import { Time } from "@/components/ui/time";
import type { RequestDetail } from "../shapes";

type Props = { request: Pick<RequestDetail, "decisions" | "planVersion" | "approvalsNeeded" | "state"> };

/** Approvals of the present plan: who, when, and how many are still needed. */
export function Approvals({ request: { decisions, planVersion, approvalsNeeded, state } }: Props) {
  const present = decisions.filter((decision) => decision.planVersion === planVersion);
  const open = state === "waiting" ? Math.max(0, (approvalsNeeded ?? 0) - present.filter((each) => each.verdict === "approve").length) : 0;
  if (present.length === 0 && open === 0) return null;
  return (
    <ul aria-label="Approvals" className="space-y-1">
      {present.map((decision) => (
        <li key={decision.id} className="flex items-start gap-1.5">
          {decision.verdict === "approve" ? (
            <Check aria-hidden className="mt-0.5 size-4 shrink-0 text-success-ink" />
          ) : (
            <X aria-hidden className="mt-0.5 size-4 shrink-0 text-danger-ink" />
          )}
          <span className="min-w-0">
            <span className="font-medium">{decision.deciderName}</span> {decision.verdict === "approve" ? "approved" : "rejected"}{" "}
            <span className="text-ink-3">
              <Time iso={decision.decidedAt} />
            </span>
            {decision.reason !== null && <span className="block break-words text-ink-2">{decision.reason}</span>}
          </span>
        </li>
      ))}
      {Array.from({ length: open }, (_, index) => (
        <li key={index} className="flex items-center gap-1.5 text-ink-3">
          <Circle aria-hidden className="size-4 shrink-0" />
          Approval needed
        </li>
      ))}
    </ul>
  );
}
