import type { Actor } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import type { Answer } from "@/lib/http/contract";
import { visibleRequests, visibleRuns } from "@/lib/requests/visible";
import { writtenAmong } from "@/lib/runs/store";

type History = Pick<Answer<"GET /api/v1/workspaces/{subscription}/{group}/{name}">, "requests" | "runs">;

/** So many of each are shown; the lists have the rest. */
const shown = 20;

/** The newest requests and runs about a source resource (key: lower-cased id) that this person may see. */
export async function aboutSource(actor: Actor, sourceKey: string): Promise<History> {
  const [mayRequests, mayRuns] = await Promise.all([visibleRequests(actor), visibleRuns(actor)]);
  const [requests, runs] = await Promise.all([
    db().request.findMany({
      where: { AND: [{ sourceKey }, mayRequests] },
      orderBy: [{ createdAt: "desc" }, { id: "desc" }],
      take: shown,
      select: { id: true, number: true, kind: true, state: true, sentence: true, createdAt: true },
    }),
    db().run.findMany({
      where: { AND: [{ request: { sourceKey } }, mayRuns] },
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
