import type { CoverageDetail } from "./queries";

type Entry = CoverageDetail["entries"][number];
/** What a cell of the picture of a list stands for: the state of a range of Azure ML, or what a further entry is. */
export type Cell = "covered" | "partial" | "missing" | Exclude<Entry["kind"], "needed">;

/** Words that stand behind a number of cells. */
export const cellWords: Record<Cell, string> = {
  covered: "covered",
  partial: "partly covered",
  missing: "missing",
  stale: "added by Bindery, no longer needed",
  asked: "added by Bindery for people or nodes",
  foreign: "of others",
  "service-tag": "by further service tags",
  "slb-only": "for the load balancer",
  unreadable: "not readable",
};

/**
 * A cell for each IPv4 range of Azure ML, then one for each entry that lets in none of them. Entries that do, service tags among them, are seen in
 * the ranges. The key of a cell is its place and text: an entry may stand in the list twice.
 */
export function rangeCells({ ranges, entries }: Pick<CoverageDetail, "ranges" | "entries">): { key: string; text: string; cell: Cell }[] {
  const letIn = new Set(ranges.flatMap(({ coveredBy }) => coveredBy));
  const cells: { text: string; cell: Cell }[] = [
    ...ranges.flatMap(({ prefix, state }) => (state === null || state === "not-applicable" ? [] : [{ text: prefix, cell: state }])),
    ...entries.flatMap(({ raw, kind }) => (kind === "needed" || letIn.has(raw) ? [] : [{ text: raw, cell: kind }])),
  ];
  return cells.map((one, at) => ({ key: `${at} ${one.text}`, ...one }));
}
