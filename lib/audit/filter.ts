import type { Actor } from "@/lib/auth/actor";
import type { Prisma } from "@/lib/db/generated/client";
import type { QueryOut } from "@/lib/http/contract";
import { idKey } from "@/lib/kernel/resource-id";

type Filters = Omit<QueryOut<"GET /api/v1/audit/export">, "format">;

/** The rows that a filter of the audit page chooses, within the reader's tenant. */
export function auditWhere(actor: Pick<Actor, "tid">, query: Filters): Prisma.AuditEventWhereInput {
  const where: Prisma.AuditEventWhereInput[] = [{ tid: actor.tid }];
  if (query.action !== undefined) where.push({ action: query.action });
  if (query.outcome !== undefined) where.push({ outcome: query.outcome });
  if (query.actor !== undefined && query.actor !== "")
    where.push({ OR: [{ actorOid: query.actor }, { actorName: { contains: query.actor, mode: "insensitive" } }] });
  if (query.cluster !== undefined && query.cluster !== "")
    where.push({ clusterKey: query.cluster.startsWith("/") ? idKey(query.cluster) : { contains: query.cluster.toLowerCase() } });
  if (query.request !== undefined) where.push({ requestId: query.request });
  if (query.run !== undefined) where.push({ runId: query.run });
  if (query.correlation !== undefined && query.correlation !== "") where.push({ correlationId: query.correlation });
  if (query.from !== undefined) where.push({ at: { gte: new Date(query.from) } });
  if (query.to !== undefined) where.push({ at: { lt: new Date(query.to) } });
  return { AND: where };
}
