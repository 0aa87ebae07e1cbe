import type { Metadata } from "next";
import { RunView } from "@/components/runs/run-view";
import { Prefetched, serverRead } from "@/components/shell/prefetched";
import { requireActor } from "@/lib/auth/gate";
import { readRun } from "@/lib/runs/read";

export const metadata: Metadata = { title: "Run" };

type Props = { params: Promise<{ id: string }> };

/** One run. */
export default async function RunPage({ params }: Props) {
  const actor = await requireActor();
  const { id } = await params;
  return (
    <Prefetched reads={[serverRead(actor, "GET /api/v1/runs/{id}", { params: { id } }, (given) => readRun(actor, given.params))]}>
      <RunView id={id} />
    </Prefetched>
  );
}
