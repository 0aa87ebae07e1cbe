import { z } from "zod";
import { IsoTime } from "@/lib/kernel/shapes";

/** The policy in force, as its page shows it. */
export const PolicyAnswer = z.object({
  hash: z.string(),
  source: z.string(),
  loadedAt: IsoTime,
  document: z.unknown(),
  rules: z.array(z.object({ id: z.string(), description: z.string(), when: z.array(z.string()), then: z.array(z.string()) })),
  /** Whether four-eyes holds between persons or only between accounts. */
  personClaim: z.string().nullable(),
});
