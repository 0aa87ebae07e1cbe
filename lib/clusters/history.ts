import { db } from "@/lib/db/client";
import type { Answer } from "@/lib/http/contract";
import { writtenAmong } from "@/lib/runs/store";

type History = Pick<Answer<"GET /api/v1/clusters/{subscription}/{group}/{name}">, "requests" | "runs">;

/** So many of each are shown on a cluster's page; the lists have the rest. */
const shown = 20;

/** The newest requests and runs about a cluster (key: lower-cased id). Whoever may see the cluster may see them. */
export async function requestsAndRunsOf(tid: string, clusterKey: string): Promise<History> {
  const [requests, runs] = await Promise.all([
    db().request.findMany({
      where: { tid, clusterKey },
      orderBy: [{ createdAt: "desc" }, { id: "desc" }],
      take: shown,
      select: { id: true, number: true, kind: true, state: true, sentence: true, createdAt: true },
    }),
    db().run.findMany({
      where: { tid, clusterKey },
      orderBy: [{ queuedAt: "desc" }, { id: "desc" }],
      take: shown,
      select: { id: true, number: true, kind: true, state: true, effect: true, queuedAt: true },
    }),
  ]);
  const written = await writtenAmong(runs);
  return {
    requests: requests.map((row) => ({ ...row, createdAt: row.createdAt.toISOString() })),
    runs: runs.map((row) => ({ ...row, written: written.has(row.id), queuedAt: row.queuedAt.toISOString() })),
  };
}
