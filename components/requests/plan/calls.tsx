import { Json } from "@/components/ui/code-block";
import { Facts } from "@/components/ui/facts";
import { Fold } from "@/components/ui/fold";
import { span } from "@/components/ui/time-words";
import type { PlanView } from "../shapes";
import { addressOf, whereOf } from "./address";
import { Names } from "@/components/ui/names";

/** The exact calls that the run will make, in order, each with its body and rights folded. */
export function PlanCalls({ plan: { steps } }: { plan: PlanView }) {
  return (
    <ol className="space-y-2">
      {steps.map((step, index) => (
        <li key={step.id} className="rounded-md border border-line p-2">
          <p>
            <span className="num text-ink-3">{index + 1}.</span>{" "}
            <span className="font-medium">
              <Names text={step.title} />
            </span>{" "}
            <span className="text-xs text-ink-3">
              usually {span(step.expectSeconds.typical)}, at worst {span(step.expectSeconds.worst)}
            </span>
          </p>
          <code className="mt-1 block font-mono text-xs break-words">
            <strong className="font-semibold">{step.method}</strong> <Names text={addressOf(step)} />
            {whereOf(step)}
          </code>
          <Fold summary="Body, rights, proof, undo" className="mt-1 text-xs">
            <Facts
              items={[
                ["Reads first", step.readsFirst],
                ["Done when", step.doneWhen],
                ["To undo", step.undo],
                [
                  "Azure action",
                  <code key="action" className="font-mono break-all">
                    {step.action}
                  </code>,
                ],
                [
                  "On",
                  <code key="scope" className="font-mono break-all">
                    {step.scope}
                  </code>,
                ],
              ]}
            />
            {step.body !== null && (
              <div className="mt-2">
                <Json value={step.body} what={`body of ${step.method}`} />
              </div>
            )}
          </Fold>
        </li>
      ))}
    </ol>
  );
}
