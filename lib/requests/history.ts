import type { z } from "zod";
import { db } from "@/lib/db/client";
import type { Prisma } from "@/lib/db/generated/client";
import { writtenAmong } from "@/lib/runs/store";
import type { History } from "./schema-history";

/** So many of each are shown on a resource's page; the lists have the rest. */
const shown = 20;

/** The newest requests and runs of these marks. Who may see them is the caller's to say: the marks are all that is asked. */
export async function historyOf(marks: {
  requests: Prisma.RequestWhereInput;
  runs: Prisma.RunWhereInput;
}): Promise<z.input<typeof History>> {
  const [requests, runs] = await Promise.all([
    db().request.findMany({
      where: marks.requests,
      orderBy: [{ createdAt: "desc" }, { id: "desc" }],
      take: shown,
      select: { id: true, number: true, kind: true, state: true, sentence: true, createdAt: true },
    }),
    db().run.findMany({
      where: marks.runs,
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
