import { readReading } from "@/lib/clusters/reading";
import { handle } from "@/lib/http/handle";

export const GET = handle("GET /api/v1/clusters/{subscription}/{group}/{name}/readings/{id}", ({ actor, params }) =>
  readReading(actor, params),
);
