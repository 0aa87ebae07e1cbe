import Link from "next/link";
import { Notice } from "@/components/ui/notice";
import { ProblemNotice } from "@/components/ui/problem";
import { ApiError } from "@/lib/http/api";
import { comparePath } from "./compare-pair";
import { importWords } from "./import-words";
import type { Imported } from "./queries";

type Done = { result: Imported; from: "file" | "azure"; before: string | undefined };

/** What an import came to, with the way to what changed. */
export function ImportDone({ result, from, before }: Done) {
  const { tone, title, text } = importWords(result, from, before);
  return (
    <Notice tone={tone} title={title} live>
      <p>{text}</p>
      {result.skipped.length > 0 && (
        <p className="text-xs text-ink-3">Left out, since they stand for the platform of a host: {result.skipped.join(", ")}.</p>
      )}
      {before !== undefined && before !== result.snapshotId && (
        <p>
          <Link href={comparePath(before, result.snapshotId)} className="text-brand-ink hover:underline">
            Compare with the one {result.isCurrent ? "before" : "in use"}
          </Link>
        </p>
      )}
    </Notice>
  );
}

/** Why a document was not taken: what is wrong and where, as the server found it. */
export function ImportRefused({ error }: { error: unknown }) {
  const problem = error instanceof ApiError ? error.problem : undefined;
  const faults = problem?.faults ?? [];
  if (problem === undefined || faults.length === 0) return <ProblemNotice error={error} />;
  return (
    <Notice tone="danger" title="The document was not taken" live>
      <p>{problem.detail}</p>
      <ol className="my-1.5 space-y-1 border-l-2 border-danger-line pl-2" aria-label="Faults">
        {faults.map((fault) => (
          <li key={`${fault.line} ${fault.text}`}>
            <span className="font-mono text-xs break-all">{placeOf(fault)}</span> {fault.text}
          </li>
        ))}
      </ol>
      {problem.remedy !== undefined && <p>{problem.remedy}</p>}
    </Notice>
  );
}

type Fault = NonNullable<ApiError["problem"]["faults"]>[number];

/** Line and entry, unless the text begins with the entry's name anyway. */
function placeOf({ text, entry, line }: Fault): string {
  const parts = [...(line === undefined ? [] : [`line ${line}`]), ...(entry === undefined || text.startsWith(entry) ? [] : [entry])];
  return parts.length === 0 ? "" : `${parts.join(", ")}:`;
}
