"use client";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Boxes } from "@/components/ui/icons";
import { LinkButton } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { Failures } from "@/components/ui/failures";
import { FilterBar, FilterSelect, SearchBox } from "@/components/ui/filter-bar";
import { Pager } from "@/components/ui/pager";
import { ProblemNotice } from "@/components/ui/problem";
import { PageHeader, Section } from "@/components/ui/section";
import { SkeletonRows } from "@/components/ui/skeleton";
import { Age } from "@/components/ui/time";
import { useFilters } from "@/components/ui/use-filters";
import { ClusterTable } from "./cluster-table";
import { clusterFilters, clustersQuery } from "./queries";

/** Clusters over all subscriptions that this person can read, filtered by the address. */
export function ClusterList() {
  const { filters, setFilters, hrefWith } = useFilters(clusterFilters);
  const { data, error, isPlaceholderData, refetch } = useQuery({ ...clustersQuery(filters), placeholderData: keepPreviousData });
  return (
    <>
      <PageHeader title="Clusters" below="AKS clusters of every subscription that Azure lets you read." />
      <FilterBar>
        <FilterSelect
          label="Subscription"
          all="Any subscription"
          value={filters.subscription ?? ""}
          onPick={(subscription) => setFilters({ subscription })}
          options={(data?.subscriptions ?? []).map(({ id, name }) => [id, name])}
        />
        <SearchBox value={filters.search ?? ""} onSearch={(search) => setFilters({ search })} placeholder="Search names, regions, tags" />
      </FilterBar>
      <div className="space-y-3">
        {data !== undefined && <Failures failures={data.failures} what="subscriptions" />}
        <Section title="Clusters" flush aside={data !== undefined && <Age iso={data.at} />}>
          {error !== null && <ProblemNotice error={error} onRetry={() => void refetch()} />}
          {data === undefined && error === null && <SkeletonRows />}
          {data !== undefined && data.items.length === 0 && <NoClusters filtered={Object.keys(filters).length > 0} />}
          {data !== undefined && data.items.length > 0 && (
            <>
              <ClusterTable items={data.items} busy={isPlaceholderData} />
              <Pager
                shown={data.items.length}
                total={data.total}
                nextHref={data.nextCursor === null ? null : hrefWith({ cursor: data.nextCursor })}
                firstHref={filters.cursor === undefined ? null : hrefWith({})}
              />
            </>
          )}
        </Section>
      </div>
    </>
  );
}

function NoClusters({ filtered }: { filtered: boolean }) {
  if (filtered) {
    return (
      <Empty icon={Boxes} title="No cluster matches" action={<LinkButton href="/clusters">Show all clusters</LinkButton>}>
        No cluster that you can read has these marks.
      </Empty>
    );
  }
  return (
    <Empty icon={Boxes} title="Azure shows you no cluster">
      Ask for Reader on a cluster, a resource group or a subscription, or activate the role you are eligible for. Then reload.
    </Empty>
  );
}
