import { readSettings } from "@/lib/deployments/form/settings";
import { handle } from "@/lib/http/handle";

export const GET = handle("GET /api/v1/deployments/settings", () => readSettings());
