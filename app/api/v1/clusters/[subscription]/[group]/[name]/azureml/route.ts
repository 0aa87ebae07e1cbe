import { readAzureMl } from "@/lib/clusters/azureml";
import { handle } from "@/lib/http/handle";

export const GET = handle("GET /api/v1/clusters/{subscription}/{group}/{name}/azureml", ({ actor, params, query }) =>
  readAzureMl(actor, params, query),
);
