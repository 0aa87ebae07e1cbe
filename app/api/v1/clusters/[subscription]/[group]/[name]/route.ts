import { readCluster } from "@/lib/clusters/read";
import { handle } from "@/lib/http/handle";

export const GET = handle("GET /api/v1/clusters/{subscription}/{group}/{name}", ({ actor, params }) => readCluster(actor, params));
