import type { Metadata } from "next";
import { BatchView } from "@/components/requests/batch/batch-view";
import { Prefetched, serverRead } from "@/components/shell/prefetched";
import { requireActor } from "@/lib/auth/gate";
import { readBatch } from "@/lib/requests/batch/read";

export const metadata: Metadata = { title: "Requests over several clusters" };

type Props = { params: Promise<{ id: string }> };

/** Requests that were asked for together, and their review. */
export default async function BatchPage({ params }: Props) {
  const actor = await requireActor();
  const { id } = await params;
  return (
    <Prefetched reads={[serverRead(actor, "GET /api/v1/batches/{id}", { params: { id } }, (given) => readBatch(actor, given.params))]}>
      <BatchView id={id} />
    </Prefetched>
  );
}
