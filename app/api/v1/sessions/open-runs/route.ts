import { readOpenRuns } from "@/lib/auth/read";
import { handle } from "@/lib/http/handle";

export const GET = handle("GET /api/v1/sessions/open-runs", ({ actor }) => readOpenRuns(actor));
