import type { PartialList, Subscription } from "@/lib/azure/types";
import { idPage } from "@/lib/kernel/id-page";

type Query = { search?: string | undefined; subscription?: string | undefined; cursor?: string | undefined; limit: number };

/**
 * One page of what Azure shows over all subscriptions (sorted by lower-cased id): those of the query's subscription that have its search in one of their
 * words. `nameOf` names a subscription, `around` is what the answer says besides the rows. Throws `invalid_input` for a strange cursor.
 */
export function fleetPage<T extends { id: string; subscriptionId: string }>(
  list: PartialList<T>,
  known: readonly Subscription[],
  query: Query,
  wordsOf: (one: T) => readonly (string | null)[],
) {
  const names = new Map(known.map(({ id, name }) => [id, name]));
  const nameOf = (id: string): string => names.get(id) ?? id;
  const [subscription, search] = [query.subscription?.toLowerCase(), query.search?.toLowerCase() ?? ""];
  const found = list.items
    .filter((one) => subscription === undefined || one.subscriptionId === subscription)
    .filter((one) => [...wordsOf(one), nameOf(one.subscriptionId)].some((word) => word?.toLowerCase().includes(search) === true));
  const { items, nextCursor } = idPage(found, query, ({ id }) => id);
  const subscriptions = [...new Set(list.items.map(({ subscriptionId }) => subscriptionId))].map((id) => ({ id, name: nameOf(id) }));
  return {
    items,
    nameOf,
    around: {
      nextCursor,
      total: found.length,
      failures: list.failures,
      subscriptions: subscriptions.sort((a, b) => a.name.localeCompare(b.name)),
      at: list.at,
    },
  };
}

/** The name of a subscription among those that are known, or else its id. */
export const nameAmong = (known: readonly Subscription[], id: string): string => known.find((one) => one.id === id)?.name ?? id;
