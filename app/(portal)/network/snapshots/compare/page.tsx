import type { Metadata } from "next";
import { chosenPair, compareFilters, compareWhere } from "@/components/network/compare-pair";
import { ComparePage } from "@/components/network/compare-page";
import { type SnapshotPage, snapshotsWhere } from "@/components/network/queries";
import { Prefetched, serverRead } from "@/components/shell/prefetched";
import { pickFilters } from "@/components/ui/url-filters";
import { requireActor } from "@/lib/auth/gate";
import { compareSnapshots, readSnapshots } from "@/lib/network/snapshots/read-snapshots";

export const metadata: Metadata = { title: "Compare snapshots" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** Two snapshots side by side. Which are compared may depend on the list of them, so the reads come one after the other. */
export default async function CompareSnapshotsPage({ searchParams }: Props) {
  const actor = await requireActor();
  const filters = pickFilters(compareFilters, await searchParams);
  const list = await serverRead(actor, "GET /api/v1/network/snapshots", snapshotsWhere({ limit: 200 }), ({ query }) =>
    readSnapshots(actor, query),
  );
  const pair = chosenPair((list?.data as SnapshotPage | undefined)?.items ?? [], filters);
  const reads = [Promise.resolve(list)];
  if (pair !== null)
    reads.push(
      serverRead(actor, "GET /api/v1/network/snapshots/compare", compareWhere(pair, filters), ({ query }) =>
        compareSnapshots(actor, query),
      ),
    );
  return (
    <Prefetched reads={reads}>
      <ComparePage />
    </Prefetched>
  );
}
