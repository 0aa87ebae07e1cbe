"use client";
import { useState } from "react";
import { useMe } from "@/components/shell/me";
import { LinkButton } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { Failures } from "@/components/ui/failures";
import { FilterBar, FilterSelect, SearchBox } from "@/components/ui/filter-bar";
import { Boxes } from "@/components/ui/icons";
import { Rows, useList } from "@/components/ui/list";
import { Notice } from "@/components/ui/notice";
import { Section } from "@/components/ui/section";
import { Age } from "@/components/ui/time";
import { ChosenClusters } from "./chosen-clusters";
import { FleetTable } from "./fleet-table";
import { NetworkHead } from "./network-head";
import { fleetFilters, fleetQuery, states } from "./queries";
import { withCluster, withoutCluster } from "./several-draft";
import { TagWarnings } from "./tag-warnings";
import { coverageLooks } from "./words";

/** Whether Azure ML reaches each cluster that this person can read, filtered by the address. */
export function FleetPage() {
  const list = useList(fleetFilters, fleetQuery);
  const mayAsk = useMe()?.can.ask === true;
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const { filters, setFilters, isFiltered } = list;
  const { data } = list.query;
  return (
    <>
      <NetworkHead
        part="/network/clusters"
        below="Against the ranges of the workspaces' regions and their pairs; workspaces are those whose role bindings were last seen. Each cluster's own page looks closer."
      />
      <FilterBar>
        <FilterSelect
          label="State"
          all="Any state"
          value={filters.state ?? ""}
          onPick={(state) => setFilters({ state })}
          options={states.map((state) => [state, `${coverageLooks[state].word}${data === undefined ? "" : ` (${data.counts[state]})`}`])}
        />
        <FilterSelect
          label="Subscription"
          all="Any subscription"
          value={filters.subscription ?? ""}
          onPick={(subscription) => setFilters({ subscription })}
          options={(data?.subscriptions ?? []).map(({ id, name }) => [id, name])}
        />
        <SearchBox value={filters.search ?? ""} onSearch={(search) => setFilters({ search })} placeholder="Search names, groups, regions" />
      </FilterBar>
      <div className="space-y-3">
        {data !== undefined && <Failures failures={data.failures} what="subscriptions" />}
        {data !== undefined && data.tags.state !== "ok" && (
          <Notice tone="warning" title="The service tags are not known">
            Nobody has imported them yet: what a restricted cluster lacks is not known.
          </Notice>
        )}
        {data !== undefined && data.tags.state === "ok" && <TagWarnings warnings={data.tags.value.warnings} />}
        {mayAsk && <ChosenClusters items={data?.items ?? []} chosen={chosen} onChoose={setChosen} />}
        <Section title="Clusters" flush aside={data !== undefined && <Age iso={data.at} />}>
          <Rows
            list={list}
            empty={
              <Empty
                icon={Boxes}
                title={isFiltered ? "No cluster matches" : "Azure shows you no cluster"}
                action={isFiltered && <LinkButton href="/network/clusters">Show all clusters</LinkButton>}
              >
                {isFiltered
                  ? "No cluster that you can read has these marks."
                  : "Ask for Reader on a cluster, a resource group or a subscription, or activate the role you are eligible for. Then reload."}
              </Empty>
            }
          >
            {({ items }, isBusy) => (
              <FleetTable
                items={items}
                busy={isBusy}
                chosen={mayAsk ? chosen : null}
                onChoose={(id, isIn) => setChosen(isIn ? withCluster(chosen, [id]) : withoutCluster(chosen, id))}
              />
            )}
          </Rows>
        </Section>
      </div>
    </>
  );
}
