"use client";
import { useQuery } from "@tanstack/react-query";
import { Boxes } from "@/components/ui/icons";
import { Empty } from "@/components/ui/empty";
import { Failures } from "@/components/ui/failures";
import { NoAnswer } from "@/components/ui/no-answer";
import { PageHeader } from "@/components/ui/section";
import { useFilters } from "@/components/ui/use-filters";
import { CatalogueView } from "./catalogue";
import { chosenRegion, regionsQuery, roleFilters } from "./queries";
import { RegionPicker } from "./region-picker";

/** The trusted access roles of a subscription and region; which one is in the address. */
export function RoleList() {
  const { filters, setFilters } = useFilters(roleFilters);
  const query = useQuery(regionsQuery());
  const { data } = query;
  const chosen = data === undefined ? null : chosenRegion(data.items, filters);
  return (
    <>
      <PageHeader
        title="Trusted access roles"
        below="What Azure offers to give to a resource, and what each role may then do in a cluster. Azure alone writes these roles, and changes them under existing bindings."
      />
      <NoAnswer query={query} />
      {data !== undefined && chosen !== null && (
        <RegionPicker
          regions={data.items}
          chosen={chosen}
          onChoose={({ subscription, location }) => setFilters({ subscription, location })}
        />
      )}
      <div className="space-y-3">
        {data !== undefined && <Failures failures={data.failures} what="subscriptions" />}
        {data !== undefined && chosen === null && (
          <Empty icon={Boxes} title="No region to show">
            The catalogue belongs to a subscription and region, and Azure shows you no cluster in any. Ask for Reader on a cluster, then
            reload.
          </Empty>
        )}
        {chosen !== null && <CatalogueView region={chosen} />}
      </div>
    </>
  );
}
