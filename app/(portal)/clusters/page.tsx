import type { Metadata } from "next";
import { ClusterList } from "@/components/clusters/cluster-list";
import { clusterFilters, clustersWhere } from "@/components/clusters/queries";
import { Prefetched, serverRead } from "@/components/shell/prefetched";
import { pickFilters } from "@/components/ui/url-filters";
import { requireActor } from "@/lib/auth/gate";
import { readClusters } from "@/lib/clusters/read";

export const metadata: Metadata = { title: "Clusters" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** The list of clusters; its filters are the address. */
export default async function ClustersPage({ searchParams }: Props) {
  const actor = await requireActor();
  const where = clustersWhere(pickFilters(clusterFilters, await searchParams));
  return (
    <Prefetched reads={[serverRead(actor, "GET /api/v1/clusters", where, ({ query }) => readClusters(actor, query))]}>
      <ClusterList />
    </Prefetched>
  );
}
