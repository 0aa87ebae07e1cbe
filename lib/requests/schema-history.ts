import { z } from "zod";
import { IsoTime } from "@/lib/kernel/shapes";

/** The newest requests and runs about a resource, as its page lists them. */
export const History = z.object({
  requests: z.array(
    z.object({ id: z.string(), number: z.number(), kind: z.string(), state: z.string(), sentence: z.string(), createdAt: IsoTime }),
  ),
  runs: z.array(
    z.object({
      id: z.string(),
      number: z.number(),
      kind: z.string(),
      state: z.string(),
      effect: z.string().nullable(),
      written: z.boolean(),
      queuedAt: IsoTime,
    }),
  ),
});
