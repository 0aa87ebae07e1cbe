import { handle } from "@/lib/http/handle";
import { carryOnRun } from "@/lib/runs/carry-on";

export const POST = handle("POST /api/v1/runs/{id}/carry-on", ({ actor, params }) => carryOnRun(actor, params));
