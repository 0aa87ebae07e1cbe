import { readMe } from "@/lib/auth/read";
import { handle } from "@/lib/http/handle";

export const GET = handle("GET /api/v1/me", ({ actor }) => readMe(actor));
