import { Lock } from "@/components/ui/icons";
import type { Metadata } from "next";
import { AuditList } from "@/components/audit/audit-list";
import { auditFilters, auditWhere } from "@/components/audit/queries";
import { Prefetched, serverRead } from "@/components/shell/prefetched";
import { Empty } from "@/components/ui/empty";
import { PageHeader } from "@/components/ui/section";
import { pickFilters } from "@/components/ui/url-filters";
import { readAudit } from "@/lib/audit/read";
import { holds } from "@/lib/auth/actor";
import { requireActor } from "@/lib/auth/gate";

export const metadata: Metadata = { title: "Audit" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** The record, for Auditors; its filters are the address. */
export default async function AuditPage({ searchParams }: Props) {
  const actor = await requireActor();
  if (!holds(actor, "Auditor")) {
    return (
      <>
        <PageHeader title="Audit" />
        <Empty icon={Lock} title="The audit is for Auditors">
          Your portal roles do not include Auditor. What was done about one request or run is on its own page; for more, ask your
          administrator for that portal role, then sign in again.
        </Empty>
      </>
    );
  }
  const where = auditWhere(pickFilters(auditFilters, await searchParams));
  return (
    <Prefetched reads={[serverRead(actor, "GET /api/v1/audit", where, ({ query }) => readAudit(actor, query))]}>
      <AuditList />
    </Prefetched>
  );
}
