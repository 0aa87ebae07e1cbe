import type { Metadata } from "next";
import { chosenRegion, roleFilters, rolesWhere } from "@/components/roles/queries";
import { RoleList } from "@/components/roles/role-list";
import { Prefetched, serverRead } from "@/components/shell/prefetched";
import { pickFilters } from "@/components/ui/url-filters";
import { requireActor } from "@/lib/auth/gate";
import type { Answer } from "@/lib/http/contract";
import { readRegions, readRoles } from "@/lib/roles/read";

export const metadata: Metadata = { title: "Trusted access roles" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** The catalogue of trusted access roles. Which one is read depends on the regions, so the reads come one after the other. */
export default async function RolesPage({ searchParams }: Props) {
  const actor = await requireActor();
  const filters = pickFilters(roleFilters, await searchParams);
  const regions = await serverRead(actor, "GET /api/v1/roles/regions", {}, () => readRegions(actor));
  const items = (regions?.data as Answer<"GET /api/v1/roles/regions"> | undefined)?.items ?? [];
  const chosen = chosenRegion(items, filters);
  const reads = [Promise.resolve(regions)];
  if (chosen !== null) reads.push(serverRead(actor, "GET /api/v1/roles", rolesWhere(chosen), ({ query }) => readRoles(actor, query)));
  return (
    <Prefetched reads={reads}>
      <RoleList />
    </Prefetched>
  );
}
