import { db } from "@/lib/db/client";
import type { SignInFlow } from "@/lib/db/generated/client";
import { fromNow, now } from "@/lib/kernel/clock";
import { seal, unseal } from "@/lib/kernel/seal";

/** A sign-in under way, with its PKCE verifier in the open. */
export type Flow = Omit<SignInFlow, "createdAt">;

/** So long a sign-in may take, ms. */
const lifeMs = 10 * 60_000;
const boundTo = (id: string): string => `sign_in_flow ${id}`;

/** Stores a sign-in that begins; its verifier is sealed. */
export async function saveFlow(flow: Flow): Promise<void> {
  await db().signInFlow.create({ data: { ...flow, verifier: seal(flow.verifier, boundTo(flow.id)), createdAt: now() } });
}

/** Takes a sign-in out of the table: it can be finished once, within ten minutes, by the browser that began it. Else null. */
export async function takeFlow(id: string, browserKey: string): Promise<Flow | null> {
  const row = await db().signInFlow.findFirst({ where: { id, browserKey } });
  if (row === null) return null;
  const taken = await db().signInFlow.deleteMany({ where: { id } });
  if (taken.count !== 1 || row.createdAt < fromNow(-lifeMs)) return null;
  return { ...row, verifier: unseal(row.verifier, boundTo(id)) };
}

/** Deletes sign-ins that were never finished. */
export async function dropOldFlows(): Promise<void> {
  await db().signInFlow.deleteMany({ where: { createdAt: { lt: fromNow(-lifeMs) } } });
}
