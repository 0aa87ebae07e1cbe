import { handle } from "@/lib/http/handle";
import { setStanding } from "@/lib/network/snapshots/set-standing";

export const POST = handle("POST /api/v1/network/snapshots/{id}/standing", ({ actor, params, body }) => setStanding(actor, params, body));
