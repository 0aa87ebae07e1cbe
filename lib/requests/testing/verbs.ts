import { person } from "@/lib/audit/testing";
import type { Actor } from "@/lib/auth/actor";
import { grantInput, inference, mlworkload } from "@/lib/bindings/testing";
import { db } from "@/lib/db/client";
import { defaultPolicy } from "@/lib/policies/default-policy";
import type { PolicyDocument, RuleSettings } from "@/lib/policies/schema";
import { decide } from "../decide";
import { submitRequest } from "../submit";

/** A request and the digest of the plan that somebody looked at. */
export type Looked = { id: string; digest: string };

const rita = person("Rita", ["Requester"]);

/** A policy that asks this of every request. */
export const asking = (set: RuleSettings): PolicyDocument => ({ version: 1, defaults: { ...defaultPolicy.defaults, ...set }, rules: [] });

/** A grant of `ml-dev-mlworkload` that waits for one approval. */
export async function waiting(asker: Actor = rita, roles: string[] = [mlworkload]): Promise<Looked> {
  const { id } = await submitRequest(asker, grantInput({ roles }));
  return { id, digest: (await plansOf(id)).at(-1)?.digest ?? "" };
}

/** One that needs two persons by the built-in policy, since one of its roles is critical. */
export const waitingForTwo = (): Promise<Looked> => waiting(rita, [mlworkload, inference]);

/** Approves, with the second gesture of who approves a critical plan. */
export const approve = (actor: Actor, { id, digest }: Looked, start: "now" | "later" = "now") =>
  decide(actor, { id }, { digest, verdict: "approve", acceptsRisk: "critical", start });
export const reject = (actor: Actor, { id, digest }: Looked, reason?: string) =>
  decide(actor, { id }, { digest, verdict: "reject", start: "now", ...(reason === undefined ? {} : { reason }) });

export const requestOf = (id: string) => db().request.findUniqueOrThrow({ where: { id } });
export const plansOf = (requestId: string) => db().plan.findMany({ where: { requestId }, orderBy: { version: "asc" } });
export const runsOf = (requestId: string) => db().run.findMany({ where: { requestId }, orderBy: { number: "asc" } });
export const decisionsOf = (requestId: string) => db().decision.findMany({ where: { requestId }, orderBy: { decidedAt: "asc" } });
