import { openStream } from "@/lib/http/events";
import { handle } from "@/lib/http/handle";

export const GET = handle("GET /api/v1/events", ({ actor, request }) => openStream(actor, request.signal));
