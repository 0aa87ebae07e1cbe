import type { Metadata } from "next";
import { snapshotFilters, snapshotsWhere } from "@/components/network/queries";
import { SnapshotsPage } from "@/components/network/snapshots-page";
import { Prefetched, serverRead } from "@/components/shell/prefetched";
import { pickFilters } from "@/components/ui/url-filters";
import { requireActor } from "@/lib/auth/gate";
import { readSnapshots } from "@/lib/network/snapshots/read-snapshots";
import { readTagsInUse } from "@/lib/network/snapshots/read-tags-in-use";

export const metadata: Metadata = { title: "Network, snapshots" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** The snapshots of service tags, and their import. */
export default async function NetworkSnapshotsPage({ searchParams }: Props) {
  const actor = await requireActor();
  const where = snapshotsWhere(pickFilters(snapshotFilters, await searchParams));
  return (
    <Prefetched
      reads={[
        serverRead(actor, "GET /api/v1/network/snapshots", where, ({ query }) => readSnapshots(actor, query)),
        serverRead(actor, "GET /api/v1/network/tags", {}, () => readTagsInUse(actor)),
      ]}
    >
      <SnapshotsPage />
    </Prefetched>
  );
}
