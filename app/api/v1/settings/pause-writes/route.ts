import { handle } from "@/lib/http/handle";
import { pauseWrites } from "@/lib/settings/pause";

export const POST = handle("POST /api/v1/settings/pause-writes", ({ actor, body }) => pauseWrites(actor, body));
