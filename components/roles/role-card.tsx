import { CopyButton } from "@/components/ui/copy-button";
import { Fold } from "@/components/ui/fold";
import { RiskBadge } from "@/components/ui/risk-badge";
import { Short } from "@/components/ui/arm-id";
import { type Tone, toneInk } from "@/components/ui/tone";
import { toneIcon } from "@/components/ui/tone-icon";
import type { Role } from "./queries";
import { RulesTable } from "./rules-table";

const reasonTone: Record<Role["risk"], Tone> = { low: "success", medium: "warning", critical: "danger" };

/** One trusted access role: its risk and why, and on demand what it may do in the cluster. */
export function RoleCard({ role }: { role: Role }) {
  const { name, fullName, risk, reasons, rules, rulesHash } = role;
  return (
    <li className="border-b border-line px-3 py-2.5 last:border-0">
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <span className="inline-flex items-center gap-0.5">
          <h3 className="font-semibold">{name}</h3>
          <CopyButton text={fullName} what={`full name of ${name}`} />
        </span>
        <RiskBadge level={risk} />
        <span className="ml-auto text-xs text-ink-3">
          rules <Short text={rulesHash} what={`hash of the rules of ${name}`} length={10} />
        </span>
      </div>
      <ul className="mt-1 grid gap-x-6 gap-y-0.5 lg:grid-cols-2">
        {reasons.map(({ code, level, text }) => {
          const Icon = toneIcon[reasonTone[level]];
          return (
            <li key={`${code} ${text}`} className="flex items-start gap-1.5 text-ink-2">
              <Icon aria-hidden className={`mt-0.5 size-3.5 shrink-0 ${toneInk[reasonTone[level]]}`} />
              <span>
                {text}
                <span className="sr-only"> ({level} risk)</span>
              </span>
            </li>
          );
        })}
      </ul>
      <Fold className="mt-1.5" summary={`What it may do: ${rules.length} rule${rules.length === 1 ? "" : "s"}, in every namespace`}>
        <RulesTable rules={rules} label={`Rules of ${name}`} />
      </Fold>
    </li>
  );
}
