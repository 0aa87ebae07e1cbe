import { handle } from "@/lib/http/handle";
import { readRoles } from "@/lib/roles/read";

export const GET = handle("GET /api/v1/roles", ({ actor, query }) => readRoles(actor, query));
