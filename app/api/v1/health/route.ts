import { readHealth } from "@/lib/settings/health";
import { handle } from "@/lib/http/handle";

export const GET = handle("GET /api/v1/health", () => readHealth());
