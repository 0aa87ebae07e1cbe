import type { Metadata } from "next";
import { ClusterPage } from "@/components/clusters/cluster-page";
import type { ClusterAddress } from "@/components/clusters/queries";
import { Prefetched, serverRead } from "@/components/shell/prefetched";
import { requireActor } from "@/lib/auth/gate";
import { readCluster } from "@/lib/clusters/read";
import { addressOf } from "./address";

type Props = { params: Promise<ClusterAddress> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await addressOf(params)).name };
}

/** One cluster. */
export default async function OneClusterPage({ params }: Props) {
  const actor = await requireActor();
  const address = await addressOf(params);
  const read = serverRead(actor, "GET /api/v1/clusters/{subscription}/{group}/{name}", { params: address }, (given) =>
    readCluster(actor, given.params),
  );
  return (
    <Prefetched reads={[read]}>
      <ClusterPage address={address} />
    </Prefetched>
  );
}
