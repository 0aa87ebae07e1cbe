import { z } from "zod";
import { IsoTime } from "@/lib/kernel/shapes";

export const Me = z.object({
  name: z.string(),
  upn: z.string(),
  oid: z.string(),
  tid: z.string(),
  portalRoles: z.array(z.string()),
  can: z.object({ ask: z.boolean(), decide: z.boolean(), readAudit: z.boolean(), administer: z.boolean(), pauseWrites: z.boolean() }),
  cloud: z.object({ name: z.string(), isAzure: z.boolean(), notice: z.string().nullable(), portalUrl: z.string().nullable() }),
  /** Null: Azure does not say at this moment what this person may see, so nobody knows. */
  counts: z.object({ waitingForMe: z.number(), runsNeedMe: z.number(), runsMoving: z.number() }).nullable(),
  writesPaused: z.object({ by: z.string(), at: IsoTime, reason: z.string() }).nullable(),
});

export const SessionRow = z.object({
  id: z.string(),
  name: z.string(),
  upn: z.string(),
  current: z.boolean(),
  createdAt: IsoTime,
  seenAt: IsoTime,
  ip: z.string().nullable(),
  userAgent: z.string().nullable(),
});

export const SignOutAnswer = z.object({ navigateTo: z.string() });
export const SignOutBody = z.strictObject({ everywhere: z.boolean().default(false), stopRuns: z.array(z.uuid()).max(50).default([]) });
export const OpenRuns = z.object({
  items: z.array(z.object({ id: z.string(), number: z.number(), sentence: z.string(), state: z.string() })),
});
