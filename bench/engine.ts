import type { PortalClient } from "../e2e/http/portal-client";
import { lower, percentile, type Row } from "./row";

type Timed = { startedAt: string | null; endedAt: string | null };
type Run = { steps: Timed[]; calls: Timed[] };

/**
 * What the engine adds between two steps of a run: from the end of one to the beginning of the next, without the calls to Azure in between. Of
 * the runs that are done.
 */
export async function engineRow(client: PortalClient): Promise<Row> {
  const { items } = await client.get<{ items: { id: string }[] }>("/api/v1/runs?state=done&limit=50");
  const gaps: number[] = [];
  for (const { id } of items) gaps.push(...gapsOf(await client.get<Run>(`/api/v1/runs/${id}`)));
  if (gaps.length === 0) throw new Error("There is no run to measure the engine by.");
  return lower("engine between two steps of a run, p95", percentile(gaps, 95), "ms", 100);
}

function gapsOf({ steps, calls }: Run): number[] {
  return steps.slice(1).flatMap((step, index) => {
    const from = Date.parse(steps[index]?.endedAt ?? "");
    const to = Date.parse(step.startedAt ?? "");
    if (Number.isNaN(from) || Number.isNaN(to)) return [];
    const within = calls.map((call) => Math.min(Date.parse(call.endedAt ?? ""), to) - Math.max(Date.parse(call.startedAt ?? ""), from));
    return [Math.max(0, to - from - within.reduce((sum, ms) => sum + (ms > 0 ? ms : 0), 0))];
  });
}
