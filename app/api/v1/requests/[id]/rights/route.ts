import { handle } from "@/lib/http/handle";
import { missingRights } from "@/lib/requests/missing-rights";

export const GET = handle("GET /api/v1/requests/{id}/rights", ({ actor, params }) => missingRights(actor, params));
