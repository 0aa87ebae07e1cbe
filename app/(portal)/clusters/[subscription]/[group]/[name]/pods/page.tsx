import type { Metadata } from "next";
import { PodsPage } from "@/components/clusters/pods-page";
import { podFilters, podsWhere, type ClusterAddress } from "@/components/clusters/queries";
import { Prefetched, serverRead } from "@/components/shell/prefetched";
import { pickFilters } from "@/components/ui/url-filters";
import { requireActor } from "@/lib/auth/gate";
import { readPods } from "@/lib/clusters/pods";
import { addressOf } from "../address";

type Props = { params: Promise<ClusterAddress>; searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `${(await addressOf(params)).name}, pods` };
}

/** The pods of one cluster; the filters are the address. */
export default async function ClusterPodsPage({ params, searchParams }: Props) {
  const actor = await requireActor();
  const address = await addressOf(params);
  const where = podsWhere(address, pickFilters(podFilters, await searchParams));
  const read = serverRead(actor, "GET /api/v1/clusters/{subscription}/{group}/{name}/pods", where, (given) =>
    readPods(actor, given.params, given.query),
  );
  return (
    <Prefetched reads={[read]}>
      <PodsPage address={address} />
    </Prefetched>
  );
}
