import { handle } from "@/lib/http/handle";
import { planAgain } from "@/lib/requests/plan-again";

export const POST = handle("POST /api/v1/requests/{id}/plan", ({ actor, params }) => planAgain(actor, params));
