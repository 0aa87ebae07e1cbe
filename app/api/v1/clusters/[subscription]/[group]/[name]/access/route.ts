import { readAccess } from "@/lib/clusters/access";
import { handle } from "@/lib/http/handle";

export const GET = handle("GET /api/v1/clusters/{subscription}/{group}/{name}/access", ({ actor, params, query }) =>
  readAccess(actor, params, query),
);
