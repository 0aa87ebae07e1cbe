import type { Metadata } from "next";
import { requestFilters, requestsWhere } from "@/components/requests/queries";
import { RequestList } from "@/components/requests/request-list";
import { Prefetched, serverRead } from "@/components/shell/prefetched";
import { pickFilters } from "@/components/ui/url-filters";
import { requireActor } from "@/lib/auth/gate";
import { readRequests } from "@/lib/requests/read";

export const metadata: Metadata = { title: "Requests" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** The list of requests; its filters are the address. */
export default async function RequestsPage({ searchParams }: Props) {
  const actor = await requireActor();
  const where = requestsWhere(pickFilters(requestFilters, await searchParams));
  return (
    <Prefetched reads={[serverRead(actor, "GET /api/v1/requests", where, ({ query }) => readRequests(actor, query))]}>
      <RequestList />
    </Prefetched>
  );
}
