import { Fold } from "@/components/ui/fold";
import { Notice } from "@/components/ui/notice";
import type { AzureMl } from "./words";

type Diagnosis = AzureMl["computes"]["items"][number]["diagnosis"][number];

/** What a failure means and what to do: the best answer open, the others folded. Nothing while there is none. */
export function Diagnoses({ diagnoses }: { diagnoses: Diagnosis[] }) {
  const [first, ...others] = diagnoses;
  if (first === undefined) return null;
  return (
    <Notice tone="danger" title={first.title}>
      <One diagnosis={first} />
      {others.length > 0 && (
        <Fold className="mt-1" summary={others.length === 1 ? "One more thing it may be" : `${others.length} more things it may be`}>
          <ul className="space-y-2">
            {others.map((one) => (
              <li key={one.id}>
                <p className="font-medium text-ink">{one.title}</p>
                <One diagnosis={one} />
              </li>
            ))}
          </ul>
        </Fold>
      )}
    </Notice>
  );
}

function One({ diagnosis: { cause, remedy, evidence } }: { diagnosis: Diagnosis }) {
  return (
    <>
      <p>{cause}</p>
      <p className="text-ink">{remedy}</p>
      {evidence !== "" && <p className="mt-0.5 text-xs break-words text-ink-3">Azure’s words: “{evidence}”</p>}
    </>
  );
}
