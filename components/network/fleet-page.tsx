"use client";
import { clusterPath } from "@/components/ui/arm-names";
import { Badge } from "@/components/ui/badge";
import { LinkButton } from "@/components/ui/button";
import { ProductionMark } from "@/components/clusters/marks";
import { Empty } from "@/components/ui/empty";
import { Failures } from "@/components/ui/failures";
import { FilterBar, FilterSelect, SearchBox } from "@/components/ui/filter-bar";
import { Boxes } from "@/components/ui/icons";
import { Rows, useList } from "@/components/ui/list";
import { Notice } from "@/components/ui/notice";
import { Section } from "@/components/ui/section";
import { RowLink, Table, Td, Th, Tr } from "@/components/ui/table";
import { Age } from "@/components/ui/time";
import { NetworkHead } from "./network-head";
import { type FleetCoverage, fleetFilters, fleetQuery, states } from "./queries";
import { coverageLooks } from "./words";

/** Whether Azure ML reaches each cluster that this person can read, filtered by the address. */
export function FleetPage() {
  const list = useList(fleetFilters, fleetQuery);
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
            {({ items }, isBusy) => <FleetTable items={items} busy={isBusy} />}
          </Rows>
        </Section>
      </div>
    </>
  );
}

function FleetTable({ items, busy }: Pick<FleetCoverage, "items"> & { busy: boolean }) {
  const head = (
    <>
      <Th>Cluster</Th>
      <Th>Azure ML</Th>
      <Th end>Lacking</Th>
      <Th end>Entries</Th>
      <Th>Region</Th>
      <Th>Subscription</Th>
      <Th>Workspaces</Th>
    </>
  );
  return (
    <Table label="Table of clusters" head={head} busy={busy} className="md:min-w-[60rem]">
      {items.map((cluster) => (
        <FleetRow key={cluster.id} cluster={cluster} />
      ))}
    </Table>
  );
}

function FleetRow({ cluster }: { cluster: FleetCoverage["items"][number] }) {
  const { tone, icon, word } = coverageLooks[cluster.state];
  return (
    <Tr>
      <Td className="min-w-40">
        <RowLink href={`${clusterPath(cluster.id) ?? "/clusters"}/network`}>{cluster.name}</RowLink>
        <p className="text-xs text-ink-3">{cluster.resourceGroup}</p>
      </Td>
      <Td beside>
        <span className="flex items-start gap-1 md:flex-col">
          <Badge tone={tone} icon={icon} title={cluster.reason}>
            {word}
          </Badge>
          {cluster.production && <ProductionMark />}
        </span>
      </Td>
      <Td beside label="Lacking" end>
        {cluster.lacking === 0 ? <span className="text-ink-3">0</span> : `${cluster.lacking} of ${cluster.counted}`}
      </Td>
      <Td beside label="Entries" end>
        {cluster.entries === 0 ? <span className="text-ink-3">none</span> : cluster.entries}
      </Td>
      <Td beside>{cluster.location}</Td>
      <Td beside className="whitespace-nowrap">
        {cluster.subscriptionName}
      </Td>
      <Td>
        {cluster.workspaces.length === 0 ? (
          <span className="text-ink-3">none seen</span>
        ) : (
          cluster.workspaces.map(({ name, isFallback }) => `${name}${isFallback ? " (by its binding)" : ""}`).join(", ")
        )}
      </Td>
    </Tr>
  );
}
