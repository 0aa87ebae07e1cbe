import { inParallel } from "@/lib/kernel/parallel";
import { idKey } from "@/lib/kernel/resource-id";
import type { AzureCaller, PartialList, Readable, Subscription } from "./types";
import { readable } from "./readable";
import { listSubscriptions } from "./subscriptions";

type Failure = PartialList<never>["failures"][number];
const atOnce = 6;
/** Somebody waits for a list: the query and, if it must be, what replaces it have so long, ms. */
const queryMs = 10_000;
const restMs = 10_000;

/**
 * A list over all subscriptions, by lower-cased id: one Resource Graph query when Azure answers it, else one LIST per subscription, so that one part that
 * cannot be read does not hide the others. Parts that failed are named. Throws nothing that is Azure's answer.
 */
export async function listOverSubscriptions<T extends { id: string }>(
  caller: AzureCaller,
  query: (caller: AzureCaller) => Promise<T[]>,
  listOne: (caller: AzureCaller, subscription: Subscription) => Promise<T[]>,
): Promise<PartialList<T>> {
  const all = await readable(() => query(until(caller, queryMs)));
  const at = new Date().toISOString();
  if (all.state === "ok") return { items: byId(all.value), failures: [], at };
  const rest = until(caller, restMs);
  const subscriptions = await readable(() => listSubscriptions(rest));
  if (subscriptions.state !== "ok") return { items: [], failures: [failureOf({ id: "", name: "every subscription" }, subscriptions)], at };
  const parts = await inParallel(atOnce, subscriptions.value, async (subscription) => ({
    subscription,
    read: await readable(() => listOne(rest, subscription)),
  }));
  return {
    items: byId(parts.flatMap(({ read }) => (read.state === "ok" ? read.value : []))),
    failures: parts.flatMap(({ subscription, read }) =>
      read.state === "ok" || read.state === "absent" ? [] : [failureOf(subscription, read)],
    ),
    at,
  };
}

const byId = <T extends { id: string }>(items: T[]): T[] => items.sort((a, b) => (idKey(a.id) < idKey(b.id) ? -1 : 1));

function failureOf(subscription: Pick<Subscription, "id" | "name">, read: Exclude<Readable<unknown>, { state: "ok" }>): Failure {
  const scope = subscription.id === "" ? "/" : `/subscriptions/${subscription.id}`;
  const state = read.state === "absent" ? "unavailable" : read.state;
  return { scope, scopeName: subscription.name, state, message: read.state === "absent" ? "Azure finds nothing there." : read.message };
}

/** The same caller, whose calls all end after `ms`. */
function until(caller: AzureCaller, ms: number): AzureCaller {
  const limit = AbortSignal.timeout(ms);
  return { ...caller, signal: caller.signal === undefined ? limit : AbortSignal.any([caller.signal, limit]) };
}
