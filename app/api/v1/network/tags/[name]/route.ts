import { handle } from "@/lib/http/handle";
import { readTag } from "@/lib/network/snapshots/read-tags-in-use";

export const GET = handle("GET /api/v1/network/tags/{name}", ({ actor, params }) => readTag(actor, params));
