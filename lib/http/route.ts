import type { z } from "zod";
import type { PortalRole } from "@/lib/auth/actor";

/** Who may call a route: anybody, anybody signed in, or anybody who holds one of the portal roles. Default deny: a route must say. */
export type Access = "public" | "signed-in" | readonly PortalRole[];

/** Declaration of one route. The wrapper, the browser's `api()`, the authorisation matrix and the API document are made from it. */
export type Route = {
  summary: string;
  access: Access;
  query?: z.ZodType;
  params?: z.ZodType;
  body?: z.ZodType;
  /** Shape of the JSON answer; `null` for streams and empty answers. */
  response: z.ZodType | null;
  /** Success status; 200 unless told. */
  status?: number;
  /** Requests per minute and person; 240 unless told. */
  perMinute?: number;
};

/** The product's portal roles that may read within their own scope. */
export const readers = ["Requester", "Approver", "Auditor", "Administrator"] as const satisfies readonly PortalRole[];
