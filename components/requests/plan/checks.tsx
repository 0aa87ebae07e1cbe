import { AlertTriangle, CheckCircle2, HelpCircle, XCircle, type Icon } from "@/components/ui/icons";
import { Fold } from "@/components/ui/fold";
import type { Check } from "../shapes";
import { Names } from "@/components/ui/names";

const looks: Record<Check["status"], { icon: Icon; word: string; className: string }> = {
  blocking: { icon: XCircle, word: "Stops it", className: "text-danger-ink" },
  warning: { icon: AlertTriangle, word: "Warning", className: "text-warning-ink" },
  "not-verified": { icon: HelpCircle, word: "Not verified", className: "text-ink-3" },
  ok: { icon: CheckCircle2, word: "Fine", className: "text-success-ink" },
};
const order = ["blocking", "warning", "not-verified"] as const;

/** Conditions that are checked again before the write: what needs a look is open, what is fine is folded. */
export function Checks({ checks }: { checks: Check[] }) {
  const open = order.flatMap((status) => checks.filter((check) => check.status === status));
  const fine = checks.filter((check) => check.status === "ok");
  return (
    <div className="space-y-1.5">
      {open.map((check) => (
        <CheckLine key={check.key} check={check} />
      ))}
      {fine.length > 0 && (
        <Fold
          summary={<span className="text-success-ink">{fine.length === 1 ? "1 check is fine" : `${fine.length} checks are fine`}</span>}
        >
          <div className="space-y-1.5">
            {fine.map((check) => (
              <CheckLine key={check.key} check={check} />
            ))}
          </div>
        </Fold>
      )}
    </div>
  );
}

/** One check: its state, what was found, what to do. */
export function CheckLine({ check: { status, label, message, remedy } }: { check: Check }) {
  const { icon: Icon, word, className } = looks[status];
  return (
    <div className="flex items-start gap-1.5 text-xs">
      <Icon aria-hidden className={`mt-px size-3.5 shrink-0 ${className}`} />
      <p className="min-w-0 break-words">
        <span className={`font-medium ${className}`}>
          {word}: {label}.
        </span>{" "}
        <Names text={message} />{" "}
        {remedy !== undefined && (
          <span className="text-ink-3">
            <Names text={remedy} />
          </span>
        )}
      </p>
    </div>
  );
}
