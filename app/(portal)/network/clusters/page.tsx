import type { Metadata } from "next";
import { FleetPage } from "@/components/network/fleet-page";
import { fleetFilters, fleetWhere } from "@/components/network/queries";
import { Prefetched, serverRead } from "@/components/shell/prefetched";
import { pickFilters } from "@/components/ui/url-filters";
import { requireActor } from "@/lib/auth/gate";
import { readFleetCoverage } from "@/lib/network/read-fleet";

export const metadata: Metadata = { title: "Network, clusters" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** Which clusters let Azure ML in; the filters are the address. */
export default async function NetworkClustersPage({ searchParams }: Props) {
  const actor = await requireActor();
  const where = fleetWhere(pickFilters(fleetFilters, await searchParams));
  return (
    <Prefetched reads={[serverRead(actor, "GET /api/v1/network/clusters", where, ({ query }) => readFleetCoverage(actor, query))]}>
      <FleetPage />
    </Prefetched>
  );
}
