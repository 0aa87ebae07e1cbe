import type { Metadata } from "next";
import type { ClusterAddress } from "@/components/clusters/queries";
import { CoveragePage } from "@/components/network/coverage-page";
import { coverageFilters, coverageWhere } from "@/components/network/queries";
import { Prefetched, serverRead } from "@/components/shell/prefetched";
import { pickFilters } from "@/components/ui/url-filters";
import { requireActor } from "@/lib/auth/gate";
import { readCoverage } from "@/lib/network/read-coverage";
import { addressOf } from "../address";

type Props = { params: Promise<ClusterAddress>; searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `${(await addressOf(params)).name}, network` };
}

/** What the list of authorized ranges of one cluster lets in of Azure ML; the filters are the address. */
export default async function ClusterNetworkPage({ params, searchParams }: Props) {
  const actor = await requireActor();
  const address = await addressOf(params);
  const where = coverageWhere(address, pickFilters(coverageFilters, await searchParams));
  const read = serverRead(actor, "GET /api/v1/clusters/{subscription}/{group}/{name}/network", where, (given) =>
    readCoverage(actor, given.params, given.query),
  );
  return (
    <Prefetched reads={[read]}>
      <CoveragePage address={address} />
    </Prefetched>
  );
}
