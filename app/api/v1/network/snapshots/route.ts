import { handle } from "@/lib/http/handle";
import { readSnapshots } from "@/lib/network/snapshots/read-snapshots";
import { uploadTags } from "@/lib/network/snapshots/upload";

export const GET = handle("GET /api/v1/network/snapshots", ({ actor, query }) => readSnapshots(actor, query));
export const POST = handle("POST /api/v1/network/snapshots", ({ actor, query, request }) =>
  uploadTags(actor, { name: query.name, length: request.headers.get("content-length"), body: request.body }),
);
