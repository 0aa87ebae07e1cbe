import { z } from "zod";
import { CursorQuery, Failure, IsoTime, page, Search } from "@/lib/kernel/shapes";

/** How a list of resources over all readable subscriptions is asked for. */
export const FleetQuery = CursorQuery.extend({ search: Search, subscription: z.string().max(40).optional() });

/** One page of such a list. */
export const fleetPageOf = <T extends z.ZodType>(row: T) =>
  page(row).extend({
    total: z.number(),
    /** Parts that could not be read: shown, never counted as zero. */
    failures: z.array(Failure),
    /** Of everything readable, for the filter. */
    subscriptions: z.array(z.object({ id: z.string(), name: z.string() })),
    at: IsoTime,
  });

/** The parts of a cluster's or workspace's id, as addresses have them. */
export const ResourceParams = z.object({
  subscription: z.guid("The subscription is a GUID."),
  group: z.string().min(1).max(90),
  name: z.string().min(1).max(63),
});
