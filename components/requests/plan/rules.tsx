import { Fold } from "@/components/ui/fold";
import { RuleChanges } from "@/components/ui/rule-changes";
import type { RuleChangeView } from "../shapes";

/** So many lines are open at least and at most, where there are more; between them stand all critical ones, which come first. */
const openLines = { least: 6, most: 14 };

/** What the plan allows and forbids in Kubernetes: the most dangerous lines open, and how many of which risk are folded below. */
export function PlanRules({ changes }: { changes: RuleChangeView[] }) {
  if (changes.length === 0)
    return <p className="text-ink-3">The rules of these roles could not be read, so what they allow is not known.</p>;
  const critical = changes.filter((line) => line.risk === "critical").length;
  const wanted = Math.min(openLines.most, Math.max(openLines.least, critical));
  const shown = changes.length <= wanted + 1 ? changes.length : wanted;
  const rest = changes.slice(shown);
  return (
    <>
      <RuleChanges changes={changes.slice(0, shown)} />
      {rest.length > 0 && (
        <Fold summary={`${rest.length} of ${changes.length} lines are folded: ${riskCounts(rest)}`} className="mt-1.5">
          <RuleChanges changes={rest} label="More Kubernetes access" />
        </Fold>
      )}
    </>
  );
}

/** How many lines add, remove and keep access. */
export function RuleCounts({ changes }: { changes: RuleChangeView[] }) {
  const count = (change: string): number => changes.filter((line) => line.change === change).length;
  return (
    <span className="num">
      {count("added")} added · {count("removed")} removed · {count("kept")} kept
    </span>
  );
}

/** `3 critical, 9 medium, 12 low`. */
function riskCounts(changes: RuleChangeView[]): string {
  return (["critical", "medium", "low"] as const)
    .map((risk) => ({ risk, count: changes.filter((line) => line.risk === risk).length }))
    .filter(({ count }) => count > 0)
    .map(({ risk, count }) => `${count} ${risk}`)
    .join(", ");
}
