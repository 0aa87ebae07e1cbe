import type { Metadata } from "next";
import { AccessPage } from "@/components/clusters/access-page";
import { accessFilters, accessWhere, type ClusterAddress } from "@/components/clusters/queries";
import { Prefetched, serverRead } from "@/components/shell/prefetched";
import { pickFilters } from "@/components/ui/url-filters";
import { requireActor } from "@/lib/auth/gate";
import { readAccess } from "@/lib/clusters/access";
import { addressOf } from "../address";

type Props = { params: Promise<ClusterAddress>; searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `${(await addressOf(params)).name}, access` };
}

/** Who may do what in one cluster; the filters are the address. */
export default async function ClusterAccessPage({ params, searchParams }: Props) {
  const actor = await requireActor();
  const address = await addressOf(params);
  const where = accessWhere(address, pickFilters(accessFilters, await searchParams));
  const read = serverRead(actor, "GET /api/v1/clusters/{subscription}/{group}/{name}/access", where, (given) =>
    readAccess(actor, given.params, given.query),
  );
  return (
    <Prefetched reads={[read]}>
      <AccessPage address={address} />
    </Prefetched>
  );
}
