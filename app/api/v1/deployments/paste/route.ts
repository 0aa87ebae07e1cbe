import { readPaste } from "@/lib/deployments/form/paste";
import { handle } from "@/lib/http/handle";

export const POST = handle("POST /api/v1/deployments/paste", ({ actor, body }) => readPaste(actor, body));
