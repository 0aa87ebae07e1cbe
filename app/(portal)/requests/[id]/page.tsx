import type { Metadata } from "next";
import { cache } from "react";
import { RequestView } from "@/components/requests/review/request-view";
import { Prefetched, serverRead } from "@/components/shell/prefetched";
import { requireActor } from "@/lib/auth/gate";
import type { Answer } from "@/lib/http/contract";
import { readRequest } from "@/lib/requests/read";

type Props = { params: Promise<{ id: string }> };

/** Read once for the title and the page. */
const requestOf = cache(async (id: string) => {
  const actor = await requireActor();
  return serverRead(actor, "GET /api/v1/requests/{id}", { params: { id } }, (given) => readRequest(actor, given.params));
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const read = await requestOf((await params).id);
  const request = read?.data as Answer<"GET /api/v1/requests/{id}"> | undefined;
  return { title: request === undefined ? "Request" : `Request ${request.number}, ${request.clusterName}` };
}

/** One request and its review. */
export default async function RequestPage({ params }: Props) {
  const { id } = await params;
  return (
    <Prefetched reads={[requestOf(id)]}>
      <RequestView id={id} />
    </Prefetched>
  );
}
