import type { Actor } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import type { Answer } from "@/lib/http/contract";
import { visibleRequests, visibleRuns } from "@/lib/requests/visible";

type History = Pick<Answer<"GET /api/v1/clusters/{subscription}/{group}/{name}">, "requests" | "runs">;

/** So many of each are shown on a cluster's page; the lists have the rest. */
const shown = 20;

/** The newest requests and runs about a cluster (key: lower-cased id) that this person may see. */
export async function requestsAndRunsOf(actor: Actor, clusterKey: string): Promise<History> {
  const [mayRequests, mayRuns] = await Promise.all([visibleRequests(actor), visibleRuns(actor)]);
  const [requests, runs] = await Promise.all([
    db().request.findMany({
      where: { AND: [{ clusterKey }, mayRequests] },
      orderBy: [{ createdAt: "desc" }, { id: "desc" }],
      take: shown,
      select: { id: true, number: true, kind: true, state: true, sentence: true, createdAt: true },
    }),
    db().run.findMany({
      where: { AND: [{ clusterKey }, mayRuns] },
      orderBy: [{ queuedAt: "desc" }, { id: "desc" }],
      take: shown,
      select: { id: true, number: true, kind: true, state: true, effect: true, queuedAt: true },
    }),
  ]);
  return {
    requests: requests.map((row) => ({ ...row, createdAt: row.createdAt.toISOString() })),
    runs: runs.map((row) => ({ ...row, queuedAt: row.queuedAt.toISOString() })),
  };
}
