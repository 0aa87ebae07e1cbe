"use client";
import { useNow } from "./now";
import { absolute, relative, span } from "./time-words";

/** A time: how long ago it was, the absolute time (UTC) on hover and for machines. Before hydration the absolute time. */
export function Time({ iso }: { iso: string }) {
  const now = useNow(10);
  return (
    <time dateTime={iso} title={absolute(iso)} className="num whitespace-nowrap">
      {now === null ? absolute(iso) : relative(Date.parse(iso), now)}
    </time>
  );
}

/** A time that is a limit: the absolute time (UTC), and how far it is on hover. */
export function At({ iso }: { iso: string }) {
  const now = useNow(10);
  return (
    <time dateTime={iso} title={now === null ? undefined : relative(Date.parse(iso), now)} className="num whitespace-nowrap">
      {absolute(iso)}
    </time>
  );
}

/** How old data are: "read 12 seconds ago". */
export function Age({ iso, word = "read" }: { iso: string; word?: string }) {
  return (
    <span className="text-xs text-ink-3">
      {word} <Time iso={iso} />
    </span>
  );
}

/** Seconds between two times, counting on while the second is not known. */
export function Elapsed({ from, to }: { from: string; to: string | null }) {
  const now = useNow(1);
  const end = to === null ? now : Date.parse(to);
  return <span className="num whitespace-nowrap">{end === null ? "…" : span((end - Date.parse(from)) / 1000)}</span>;
}
