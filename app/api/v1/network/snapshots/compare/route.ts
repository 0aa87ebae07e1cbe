import { handle } from "@/lib/http/handle";
import { compareSnapshots } from "@/lib/network/snapshots/read-snapshots";

export const GET = handle("GET /api/v1/network/snapshots/compare", ({ actor, query }) => compareSnapshots(actor, query));
