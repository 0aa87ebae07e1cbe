import { handle } from "@/lib/http/handle";
import { readPolicy } from "@/lib/policies/read";

export const GET = handle("GET /api/v1/policies", ({ actor }) => readPolicy(actor));
