import { Fold } from "@/components/ui/fold";
import type { PlanView } from "../shapes";

/** What would void the plan: sentences, and the facts that the approval rests on. */
export function PlanVoids({ plan: { voidedBy, guardedFacts } }: { plan: PlanView }) {
  return (
    <div className="space-y-1.5">
      <ul className="list-disc space-y-0.5 pl-4 text-xs text-ink-2">
        {voidedBy.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      <Fold summary={`${guardedFacts.length} facts that the approval rests on`} className="text-xs">
        <dl className="space-y-1">
          {guardedFacts.map((fact) => (
            <div key={fact.key}>
              <dt className="text-ink-3">{fact.label}</dt>
              <dd className="font-mono break-all">
                {fact.verified ? factWords(fact.value) : "not verified: the planner could not read it"}
              </dd>
            </div>
          ))}
        </dl>
      </Fold>
    </div>
  );
}

function factWords(value: unknown): string {
  if (value === null || value === undefined) return "looked for, and absent";
  return typeof value === "string" ? value : JSON.stringify(value);
}
