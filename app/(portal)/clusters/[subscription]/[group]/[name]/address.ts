import type { ClusterAddress } from "@/components/clusters/queries";

/** The parts of a cluster's address, which arrive encoded. */
export async function addressOf(params: Promise<ClusterAddress>): Promise<ClusterAddress> {
  const { subscription, group, name } = await params;
  return { subscription: decodeURIComponent(subscription), group: decodeURIComponent(group), name: decodeURIComponent(name) };
}
