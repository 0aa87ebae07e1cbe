import type { RunDetail } from "./queries";

export type Call = RunDetail["calls"][number];
/** Calls in a row that are shown as one line; at least one. */
export type CallGroup = [Call, ...Call[]];

/** Puts polls in a row of the same address with the same answer together: a long operation makes hundreds of them. All else stays single. */
export function callGroups(calls: readonly Call[]): CallGroup[] {
  const groups: CallGroup[] = [];
  for (const call of calls) {
    const last = groups.at(-1);
    if (last !== undefined && call.purpose === "poll" && isAlike(last[0], call)) last.push(call);
    else groups.push([call]);
  }
  return groups;
}

function isAlike(one: Call, other: Call): boolean {
  return (["purpose", "stepId", "attempt", "method", "path", "status", "azureCode"] as const).every((part) => one[part] === other[part]);
}
