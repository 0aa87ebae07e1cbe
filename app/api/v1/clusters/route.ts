import { readClusters } from "@/lib/clusters/read";
import { handle } from "@/lib/http/handle";

export const GET = handle("GET /api/v1/clusters", ({ actor, query }) => readClusters(actor, query));
