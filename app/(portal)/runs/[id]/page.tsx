import type { Metadata } from "next";
import { cache } from "react";
import { RunView } from "@/components/runs/run-view";
import { Prefetched, serverRead } from "@/components/shell/prefetched";
import { requireActor } from "@/lib/auth/gate";
import type { Answer } from "@/lib/http/contract";
import { readRun } from "@/lib/runs/read";

type Props = { params: Promise<{ id: string }> };

/** Read once for the title and the page. */
const runOf = cache(async (id: string) => {
  const actor = await requireActor();
  return serverRead(actor, "GET /api/v1/runs/{id}", { params: { id } }, (given) => readRun(actor, given.params));
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const read = await runOf((await params).id);
  const run = read?.data as Answer<"GET /api/v1/runs/{id}"> | undefined;
  return { title: run === undefined ? "Run" : `Run ${run.number}, ${run.clusterName}` };
}

/** One run. */
export default async function RunPage({ params }: Props) {
  const { id } = await params;
  return (
    <Prefetched reads={[runOf(id)]}>
      <RunView id={id} />
    </Prefetched>
  );
}
