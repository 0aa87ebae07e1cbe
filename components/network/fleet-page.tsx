"use client";
import { useState } from "react";
import { useMe } from "@/components/shell/me";
import { FilterSelect } from "@/components/ui/filter-bar";
import { Boxes } from "@/components/ui/icons";
import { useList } from "@/components/ui/list";
import { Notice } from "@/components/ui/notice";
import { ResourceList } from "@/components/ui/resource-list";
import { ChosenClusters } from "./chosen-clusters";
import { FleetTable } from "./fleet-table";
import { NetworkHead } from "./network-head";
import { type FleetCoverage, fleetFilters, fleetQuery, states } from "./queries";
import { withCluster, withoutCluster } from "./several-draft";
import { TagWarnings } from "./tag-warnings";
import { coverageLooks } from "./words";

/** Whether Azure ML reaches each cluster that this person can read, filtered by the address. */
export function FleetPage() {
  const list = useList(fleetFilters, fleetQuery);
  const mayAsk = useMe()?.can.ask === true;
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const { filters, setFilters } = list;
  const { data } = list.query;
  return (
    <ResourceList
      list={list}
      noun="cluster"
      path="/network/clusters"
      icon={Boxes}
      head={
        <NetworkHead
          part="/network/clusters"
          below="Against the ranges of the workspaces' regions and their pairs; workspaces are those whose role bindings were last seen. Each cluster's own page looks closer."
        />
      }
      placeholder="Search names, groups, regions"
      filters={
        <FilterSelect
          label="State"
          all="Any state"
          value={filters.state ?? ""}
          onPick={(state) => setFilters({ state })}
          options={states.map((state) => [state, `${coverageLooks[state].word}${data === undefined ? "" : ` (${data.counts[state]})`}`])}
        />
      }
      above={
        <>
          {data !== undefined && <TagsTold tags={data.tags} />}
          {mayAsk && <ChosenClusters items={data?.items ?? []} chosen={chosen} onChoose={setChosen} />}
        </>
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
    </ResourceList>
  );
}

/** What has to be known of the service tags before the rest is believed. */
function TagsTold({ tags }: Pick<FleetCoverage, "tags">) {
  if (tags.state === "ok") return <TagWarnings warnings={tags.value.warnings} />;
  return (
    <Notice tone="warning" title="The service tags are not known">
      Nobody has imported them yet: what a restricted cluster lacks is not known. An administrator imports them under Snapshots.
    </Notice>
  );
}
