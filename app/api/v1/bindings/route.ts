import { readBindings } from "@/lib/bindings/read";
import { handle } from "@/lib/http/handle";

export const GET = handle("GET /api/v1/bindings", ({ actor, query }) => readBindings(actor, query));
