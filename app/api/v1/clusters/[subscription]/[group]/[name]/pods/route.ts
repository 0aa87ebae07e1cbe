import { readPods } from "@/lib/clusters/pods";
import { handle } from "@/lib/http/handle";

export const GET = handle("GET /api/v1/clusters/{subscription}/{group}/{name}/pods", ({ actor, params, query }) =>
  readPods(actor, params, query),
);
