/** The portal roles of the house. Scoped ones such as `Approver.Payments` are kept as they are in `portalRoles`. */
export const portalRoles = ["Requester", "Approver", "Auditor", "Administrator"] as const;
export type PortalRole = (typeof portalRoles)[number];

declare const proven: unique symbol;

/**
 * A signed-in person, proven by a live session. Only the session gate and the worker's run gate mint one.
 * A person is (tid, oid); `personKey` joins several accounts of one person when a claim is configured for that, else it is the oid.
 */
export type Actor = {
  readonly [proven]: true;
  tid: string;
  oid: string;
  personKey: string;
  homeAccountId: string;
  name: string;
  upn: string;
  /** App roles as in the id_token: `Requester`, `Approver`, `Approver.Payments`, … */
  portalRoles: string[];
  sessionId: string;
  /** Of the last interactive sign-in. */
  authTime: Date;
  acrs: string[];
  amr: string[];
  ip: string | null;
  userAgent: string | null;
};

/** Mints an actor. Only `lib/auth/session.ts` (and tests) may call this. */
export function proveActor(facts: Omit<Actor, typeof proven>): Actor {
  return facts as Actor;
}

/** True when the actor holds the portal role itself or, for Approver, any scoped form of it. */
export function holds(actor: Pick<Actor, "portalRoles">, role: PortalRole): boolean {
  return actor.portalRoles.some((held) => held === role || (role === "Approver" && held.startsWith("Approver.")));
}

/** Whether somebody may ask for a change: a Requester, or an Approver of any scope. */
export const mayAsk = (actor: Pick<Actor, "portalRoles">): boolean => holds(actor, "Requester") || holds(actor, "Approver");
