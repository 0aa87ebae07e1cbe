import type { Metadata } from "next";
import { runFilters, runsWhere } from "@/components/runs/queries";
import { RunList } from "@/components/runs/run-list";
import { Prefetched, serverRead } from "@/components/shell/prefetched";
import { pickFilters } from "@/components/ui/url-filters";
import { requireActor } from "@/lib/auth/gate";
import { readRuns } from "@/lib/runs/read";

export const metadata: Metadata = { title: "Runs" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** The list of runs; its filters are the address. */
export default async function RunsPage({ searchParams }: Props) {
  const actor = await requireActor();
  const where = runsWhere(pickFilters(runFilters, await searchParams));
  return (
    <Prefetched reads={[serverRead(actor, "GET /api/v1/runs", where, ({ query }) => readRuns(actor, query))]}>
      <RunList />
    </Prefetched>
  );
}
