import { LinkButton } from "@/components/ui/button";
import { Fold } from "@/components/ui/fold";
import { Section } from "@/components/ui/section";
import { deploymentLink } from "@/components/deployments/link";
import { Names } from "@/components/ui/names";
import type { RunDetail } from "./queries";

type Answer = RunDetail["diagnosis"][number];

const retryWords: Record<Answer["retry"], string> = {
  "as-is": "Trying once more may be enough.",
  "after-change": "Another try helps after the request is changed.",
  "after-outside-fix": "Another try helps once this is mended outside of Bindery.",
  no: "Another try does not help.",
};

/** What the failure of a run means and what to do, the best answer open and the others folded. */
export function RunDiagnosis({ answers }: { answers: Answer[] }) {
  const [first, ...others] = answers;
  if (first === undefined) return null;
  return (
    <Section title="What this failure means" className="mb-3">
      <h3 className="font-medium">{first.title}</h3>
      <Words answer={first} />
      {others.length > 0 && (
        <Fold summary={`${others.length === 1 ? "Another reading" : `${others.length} other readings`} of the same words`} className="mt-2">
          <ul className="space-y-3">
            {others.map((answer) => (
              <li key={answer.id}>
                <h4 className="font-medium">{answer.title}</h4>
                <Words answer={answer} />
              </li>
            ))}
          </ul>
        </Fold>
      )}
    </Section>
  );
}

function Words({ answer: { cause, remedy, evidence, retry, waitMinutes, change } }: { answer: Answer }) {
  return (
    <div className="space-y-1.5 break-words">
      <p>
        <Names text={cause} />
      </p>
      <p>
        <span className="font-medium">What to do: </span>
        <Names text={remedy} />
      </p>
      <p className="text-ink-3">
        {retryWords[retry]}
        {waitMinutes !== null && ` Wait ${waitMinutes} minutes first.`}
      </p>
      {evidence !== "" && (
        <p className="text-xs">
          <span className="text-ink-3">Recognised in: </span>
          <q className="font-mono">{evidence}</q>
        </p>
      )}
      {change?.input != null && (
        <p className="flex flex-wrap items-center gap-2">
          <LinkButton size="sm" href={deploymentLink(change.input)}>
            Open a request with this change
          </LinkButton>
          <span className="text-ink-3">{change.label}</span>
        </p>
      )}
    </div>
  );
}
