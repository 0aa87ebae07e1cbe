"use client";
import { CodeBlock } from "@/components/ui/code-block";
import { LazyFold } from "@/components/ui/lazy-fold";

type Changes = { added: readonly string[]; addedCount: number; removed: readonly string[]; removedCount: number };

/** The ranges that came and went, to be looked at and copied when unfolded. `of`: the tag, for screen readers. */
export function RangeChanges({ of, added, addedCount, removed, removedCount }: Changes & { of: string }) {
  return (
    <LazyFold
      // Room to touch it and not the link above.
      className="mt-1.5"
      summary={
        <>
          Ranges<span className="sr-only"> of {of}</span>
        </>
      }
    >
      {() => (
        <div className="grid gap-2 sm:grid-cols-2">
          <Ranges title="Added" ranges={added} count={addedCount} of={of} />
          <Ranges title="Removed" ranges={removed} count={removedCount} of={of} />
        </div>
      )}
    </LazyFold>
  );
}

function Ranges({ title, ranges, count, of }: { title: "Added" | "Removed"; ranges: readonly string[]; count: number; of: string }) {
  if (count === 0) return null;
  return (
    <div className="min-w-0">
      <p className="mb-1 text-xs text-ink-3">
        {title}
        {ranges.length < count && `: ${ranges.length} of ${count} are shown`}
      </p>
      <CodeBlock text={ranges.join("\n")} what={`${title.toLowerCase()} ranges of ${of}`} maxHeight="max-h-60" />
    </div>
  );
}

/** How many ranges came and went: `+5 −2`, for screen readers in words. */
export function ChangeCounts({ added, removed }: { added: number; removed: number }) {
  return (
    <span className="num whitespace-nowrap">
      <Signed count={added} sign="+" word="added" className="text-success-ink" />{" "}
      <Signed count={removed} sign="−" word="removed" className="text-danger-ink" />
    </span>
  );
}

function Signed({ count, sign, word, className }: { count: number; sign: string; word: string; className: string }) {
  return (
    <span className={count === 0 ? "text-ink-3" : className}>
      <span aria-hidden>{`${sign}${count}`}</span>
      <span className="sr-only">
        {count} {word}
      </span>
    </span>
  );
}
