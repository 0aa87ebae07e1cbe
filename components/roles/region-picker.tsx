import { FilterBar } from "@/components/ui/filter-bar";
import { Select } from "@/components/ui/field";
import type { Region, Regions } from "./queries";

type Props = { regions: Regions["items"]; chosen: Region; onChoose: (region: Partial<Region>) => void };

/** Chooses the catalogue: a subscription, then a region in which it has clusters. */
export function RegionPicker({ regions, chosen, onChoose }: Props) {
  const subscriptions = new Map(regions.map((region) => [region.subscriptionId, region.subscriptionName]));
  // An address may name what has no cluster: it stays in the list, so that the picker tells the truth.
  if (!subscriptions.has(chosen.subscription)) subscriptions.set(chosen.subscription, chosen.subscription);
  const own = regions.filter((region) => region.subscriptionId === chosen.subscription);
  const locations = new Map(
    own.map(({ location, clusters }) => [location, `${location} (${clusters} cluster${clusters === 1 ? "" : "s"})`]),
  );
  if (!locations.has(chosen.location)) locations.set(chosen.location, chosen.location);
  return (
    <FilterBar>
      <Select
        aria-label="Subscription"
        value={chosen.subscription}
        onChange={(event) => onChoose({ subscription: event.target.value })}
        className="h-7! w-auto! max-w-full"
      >
        {[...subscriptions].map(([id, name]) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </Select>
      <Select
        aria-label="Region"
        value={chosen.location}
        onChange={(event) => onChoose({ subscription: chosen.subscription, location: event.target.value })}
        className="h-7! w-auto! max-w-full"
      >
        {[...locations].map(([location, words]) => (
          <option key={location} value={location}>
            {words}
          </option>
        ))}
      </Select>
    </FilterBar>
  );
}
