import type { Actor } from "@/lib/auth/actor";
import type { Prisma } from "@/lib/db/generated/client";
import type { QueryOut } from "@/lib/http/contract";
import { idKey } from "@/lib/kernel/resource-id";
import { between } from "./between";

/** What the audit page and the export can be narrowed by. */
export type AuditFilter = Omit<QueryOut<"GET /api/v1/audit/export">, "format">;

/** The rows that a filter chooses, within the reader's tenant. A person is found by oid or by a part of the name, a cluster by id or a part of it. */
export async function auditWhere(actor: Pick<Actor, "tid">, filter: AuditFilter): Promise<Prisma.AuditEventWhereInput> {
  const { action, outcome, actor: person, cluster, request, run, correlation, from, to } = filter;
  const where: Prisma.AuditEventWhereInput[] = [{ tid: actor.tid.toLowerCase() }];
  if (action) where.push({ action });
  if (outcome) where.push({ outcome });
  if (person) where.push({ OR: [{ actorOid: person.toLowerCase() }, { actorName: { contains: literal(person), mode: "insensitive" } }] });
  if (cluster) where.push({ clusterKey: cluster.startsWith("/") ? idKey(cluster) : { contains: literal(cluster.toLowerCase()) } });
  if (request) where.push({ requestId: request });
  if (run) where.push({ runId: run });
  if (correlation) where.push({ correlationId: correlation });
  where.push(...(await between(from ? new Date(from) : undefined, to ? new Date(to) : undefined)));
  return { AND: where };
}

/** `%` and `_` are wildcards of LIKE, which the database client passes on: here they are characters like others. */
function literal(text: string): string {
  return text.replaceAll(/[\\%_]/g, "\\$&");
}
