import { handle } from "@/lib/http/handle";
import { readTagsInUse } from "@/lib/network/snapshots/read-tags-in-use";

export const GET = handle("GET /api/v1/network/tags", ({ actor }) => readTagsInUse(actor));
