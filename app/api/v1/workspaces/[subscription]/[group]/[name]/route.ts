import { handle } from "@/lib/http/handle";
import { readWorkspace } from "@/lib/workspaces/read";

export const GET = handle("GET /api/v1/workspaces/{subscription}/{group}/{name}", ({ actor, params }) => readWorkspace(actor, params));
