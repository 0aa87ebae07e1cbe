import { z } from "zod";
import { hiddenIn, hiddenInProse } from "./hidden";
import { resourceIdPattern } from "./id-pattern";

/** ISO 8601 time as text. */
export const IsoTime = z.string();

/** Keyset cursor: opaque to callers. */
export const CursorQuery = z.object({
  cursor: z.string().max(400).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

const told = (find: (text: string) => string | null) => (issue: { input?: unknown }) =>
  `This holds a character that is not seen (${find(String(issue.input))}). Type it anew instead of pasting it.`;

/** For `refine`: a name or value without characters that nobody sees; line ends count among them. */
export const unhiddenName = [(text: string) => hiddenIn(text) === null, { error: told(hiddenIn) }] as const;

/** Words of a person, trimmed: without characters that nobody sees; line ends are no matter. `what` for people: `A reason`. */
export const prose = (most: number, what: string) =>
  z
    .string()
    .trim()
    .max(most, `${what} has at most ${most.toLocaleString("en")} characters.`)
    .refine((text) => hiddenInProse(text) === null, { error: told(hiddenInProse) });

/** Words that a list is searched for. */
export const Search = z.string().trim().max(100).optional();

/** One page of a keyset-paged list. */
export const page = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item), nextCursor: z.string().nullable() });

/** A part of a list that could not be read, and why. */
export const Failure = z.object({
  scope: z.string(),
  scopeName: z.string(),
  state: z.enum(["no-permission", "sign-in", "unavailable"]),
  message: z.string(),
});

/** `readable(Shape)`: the answer of a read from Azure that may be refused. */
export const readable = <T extends z.ZodType>(value: T) =>
  z.discriminatedUnion("state", [
    z.object({ state: z.literal("ok"), value, at: IsoTime }),
    z.object({ state: z.literal("absent") }),
    z.object({ state: z.literal("no-permission"), message: z.string(), action: z.string().optional(), scope: z.string().optional() }),
    z.object({ state: z.literal("sign-in"), message: z.string() }),
    z.object({ state: z.literal("unavailable"), message: z.string(), azureCode: z.string().optional() }),
  ]);

/** ARM id of a managed cluster, as typed by a person. */
export const ClusterId = z
  .string()
  .trim()
  .max(2048)
  .regex(
    /^\/subscriptions\/[0-9a-f-]{36}\/resourceGroups\/[^/]{1,90}\/providers\/Microsoft\.ContainerService\/managedClusters\/[A-Za-z0-9]([-_A-Za-z0-9]{0,61}[A-Za-z0-9])?$/i,
    "This is not the id of a managed cluster. It looks like /subscriptions/…/resourceGroups/…/providers/Microsoft.ContainerService/managedClusters/NAME.",
  )
  .refine(...unhiddenName);

/** ARM id of any resource, subscription-level ones included. */
export const ResourceId = z
  .string()
  .trim()
  .max(2048)
  .regex(
    resourceIdPattern,
    "This is not an ARM resource id. It starts with /subscriptions/…, then maybe /resourceGroups/…, then /providers/NAMESPACE/TYPE/NAME.",
  )
  .refine(...unhiddenName);
