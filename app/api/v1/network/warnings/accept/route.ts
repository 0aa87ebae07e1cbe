import { handle } from "@/lib/http/handle";
import { acceptTagWarnings } from "@/lib/network/snapshots/accept-warnings";

export const POST = handle("POST /api/v1/network/warnings/accept", ({ actor, body }) => acceptTagWarnings(actor, body));
