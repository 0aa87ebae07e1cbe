import { handle } from "@/lib/http/handle";
import { readRegions } from "@/lib/roles/read";

export const GET = handle("GET /api/v1/roles/regions", ({ actor }) => readRegions(actor));
