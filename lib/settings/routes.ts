import { z } from "zod";
import { Me } from "@/lib/auth/schema";
import { type Route, readers } from "@/lib/http/route";
import { PauseBody } from "@/lib/runs/schema";

/** Routes of the installation: health, settings, pause of writes. */
export const settingsRoutes = {
  "GET /api/v1/health": {
    summary: "Is this process alive and its database reachable",
    access: "public",
    response: z.object({ status: z.literal("ok"), database: z.literal("ok") }),
  },
  "GET /api/v1/settings": {
    summary: "The settings in force, without secrets",
    access: readers,
    response: z.object({
      items: z.array(z.object({ key: z.string(), label: z.string(), value: z.string(), from: z.string() })),
      writesPaused: Me.shape.writesPaused,
    }),
  },
  "POST /api/v1/settings/pause-writes": {
    summary: "Pause or resume all writes to Azure",
    access: ["Approver", "Administrator"],
    body: PauseBody,
    response: z.object({ paused: z.boolean() }),
  },
} as const satisfies Record<string, Route>;
