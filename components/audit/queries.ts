import { queryOf } from "@/components/shell/query";
import type { Filters } from "@/components/ui/url-filters";
import { urlOf, type Where } from "@/lib/http/api";
import type { Answer } from "@/lib/http/contract";

export type AuditRow = Answer<"GET /api/v1/audit">["items"][number];

/** Filters of the audit, as they stand in the address; all but the cursor hold for the exports too. */
export const auditFilters = ["action", "outcome", "actor", "cluster", "request", "run", "correlation", "from", "to", "cursor"] as const;
export type AuditFilters = Filters<(typeof auditFilters)[number]>;

/** Where of the list for the filters of an address. The server refuses what is not one of its words. */
export function auditWhere(filters: AuditFilters): Where<"GET /api/v1/audit"> {
  return { query: filters as Where<"GET /api/v1/audit">["query"] };
}

export const auditQuery = (filters: AuditFilters) => queryOf("GET /api/v1/audit", auditWhere(filters));

/** Address of an export of everything that the filters leave, not only of the page that is shown. */
export function exportHref(filters: AuditFilters, format: "csv" | "jsonl"): string {
  const { cursor: _page, ...kept } = filters;
  return urlOf("GET /api/v1/audit/export", { query: { ...kept, format } as Where<"GET /api/v1/audit/export">["query"] });
}
