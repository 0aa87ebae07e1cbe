import { Fold } from "@/components/ui/fold";
import { RiskBadge } from "@/components/ui/risk-badge";
import { roleName } from "@/components/ui/arm-names";
import type { PlanView } from "../shapes";

/** Reasons that are open; they come worst first. */
const shownReasons = 3;

/** The risk of the plan with every reason; where roles differ, each role's own reasons are folded below. */
export function PlanRisk({ plan: { risk, roles } }: { plan: PlanView }) {
  const unread = roles.filter((role) => !role.verified);
  return (
    <div className="space-y-1.5">
      <RiskBadge level={risk.level} />
      <Reasons reasons={risk.reasons.slice(0, shownReasons)} />
      {risk.reasons.length > shownReasons && (
        <Fold summary={risk.reasons.length - shownReasons === 1 ? "1 more reason" : `${risk.reasons.length - shownReasons} more reasons`}>
          <Reasons reasons={risk.reasons.slice(shownReasons)} />
        </Fold>
      )}
      {unread.length > 0 && (
        <p className="text-xs text-warning-ink">
          Not verified: the live rules of {unread.map((role) => roleName(role.fullName)).join(", ")} could not be read.
        </p>
      )}
      {roles.length > 1 && (
        <Fold summary="By role">
          <ul className="space-y-1.5">
            {roles.map((role) => (
              <li key={role.fullName}>
                <span className="mr-2 font-mono text-xs">{roleName(role.fullName)}</span>
                <RiskBadge level={role.verified ? role.risk : null} />
              </li>
            ))}
          </ul>
        </Fold>
      )}
    </div>
  );
}

const dots = { low: "bg-success-ink", medium: "bg-warning-ink", critical: "bg-danger-ink" } as const;

function Reasons({ reasons }: { reasons: PlanView["risk"]["reasons"] }) {
  return (
    <ul className="space-y-1">
      {reasons.map((reason) => (
        <li key={reason.code + reason.text} className="flex gap-1.5">
          <span aria-hidden className={`mt-2 size-1.5 shrink-0 rounded-full ${dots[reason.level]}`} />
          <span>{reason.text}</span>
        </li>
      ))}
    </ul>
  );
}
