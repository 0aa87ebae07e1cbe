import { handle } from "@/lib/http/handle";
import { readWorkspaces } from "@/lib/workspaces/read";

export const GET = handle("GET /api/v1/workspaces", ({ actor, query }) => readWorkspaces(actor, query));
