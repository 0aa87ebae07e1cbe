import { handle } from "@/lib/http/handle";
import { readCoverage } from "@/lib/network/read-coverage";

export const GET = handle("GET /api/v1/clusters/{subscription}/{group}/{name}/network", ({ actor, params, query }) =>
  readCoverage(actor, params, query),
);
