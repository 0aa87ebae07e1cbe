import { handle } from "@/lib/http/handle";
import { readFleetCoverage } from "@/lib/network/read-fleet";

export const GET = handle("GET /api/v1/network/clusters", ({ actor, query }) => readFleetCoverage(actor, query));
