import { keepProtectedValue } from "@/lib/deployments/form/keep-value";
import { handle } from "@/lib/http/handle";

export const POST = handle("POST /api/v1/deployments/protected-values", ({ actor, body }) => keepProtectedValue(actor, body));
