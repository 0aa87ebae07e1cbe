import { readSource } from "@/lib/clusters/sources";
import { handle } from "@/lib/http/handle";

export const GET = handle("GET /api/v1/sources/one", ({ actor, query }) => readSource(actor, query));
