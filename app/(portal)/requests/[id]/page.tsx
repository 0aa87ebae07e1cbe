import type { Metadata } from "next";
import { RequestView } from "@/components/requests/review/request-view";
import { Prefetched, serverRead } from "@/components/shell/prefetched";
import { requireActor } from "@/lib/auth/gate";
import { readRequest } from "@/lib/requests/read";

export const metadata: Metadata = { title: "Request" };

type Props = { params: Promise<{ id: string }> };

/** One request and its review. */
export default async function RequestPage({ params }: Props) {
  const actor = await requireActor();
  const { id } = await params;
  return (
    <Prefetched reads={[serverRead(actor, "GET /api/v1/requests/{id}", { params: { id } }, (given) => readRequest(actor, given.params))]}>
      <RequestView id={id} />
    </Prefetched>
  );
}
