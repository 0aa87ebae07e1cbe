import { lintExtension } from "@/lib/deployments/form/lint";
import { handle } from "@/lib/http/handle";

export const POST = handle("POST /api/v1/deployments/lint", ({ actor, body }) => lintExtension(actor, body));
