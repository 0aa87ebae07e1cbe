"use client";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Link2, X } from "@/components/ui/icons";
import { useMe } from "@/components/shell/me";
import { armNames } from "@/components/ui/arm-names";
import { LinkButton } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { Failures } from "@/components/ui/failures";
import { FilterBar, SearchBox } from "@/components/ui/filter-bar";
import { Notice } from "@/components/ui/notice";
import { Pager } from "@/components/ui/pager";
import { ProblemNotice } from "@/components/ui/problem";
import { PageHeader, Section } from "@/components/ui/section";
import { SkeletonRows } from "@/components/ui/skeleton";
import { Tabs } from "@/components/ui/tabs";
import { useFilters } from "@/components/ui/use-filters";
import { BindingTable } from "./binding-table";
import { bindingFilters, bindingsQuery } from "./queries";
import { standingOrder, standings } from "./words";

/** Role bindings over all readable clusters: what was approved here beside what Azure holds, filtered by the address. */
export function BindingList() {
  const { filters, setFilters, hrefWith } = useFilters(bindingFilters);
  const { data, error, isPlaceholderData, refetch } = useQuery({
    ...bindingsQuery(filters),
    placeholderData: keepPreviousData,
    // Clusters that nobody looked at yet are being read on the server: look again until they are there.
    refetchInterval: ({ state }) => (state.data?.failures.some((failure) => failure.state === "unavailable") === true ? 5_000 : false),
  });
  const me = useMe();
  const unread = data?.clusters === 0 && !data.fromRecordOnly;
  return (
    <>
      <PageHeader
        title="Role bindings"
        below="Which resources hold trusted access to which cluster: what was approved here beside what Azure holds."
      />
      <FilterBar>
        <Tabs label="Standing" tabs={standingTabs(filters.standing, unread ? undefined : data?.counts, hrefWith)} />
        {filters.cluster !== undefined && (
          <LinkButton size="sm" icon={X} href={hrefWith({ cluster: undefined })} aria-label="Show the bindings of all clusters">
            on {armNames(filters.cluster).name}
          </LinkButton>
        )}
        <SearchBox value={filters.search ?? ""} onSearch={(search) => setFilters({ search })} placeholder="Search bindings" />
      </FilterBar>
      <div className="space-y-3">
        {data?.fromRecordOnly === true && (
          <Notice tone="info" title="You read Bindery's record">
            Azure shows you no cluster, so these rows are what Bindery last saw. Each says when that was. Whether a source still exists is
            not readable by you.
          </Notice>
        )}
        {data !== undefined && <Failures failures={data.failures} what="clusters" />}
        <Section title="Role bindings" flush>
          {error !== null && <ProblemNotice error={error} onRetry={() => void refetch()} />}
          {data === undefined && error === null && <SkeletonRows />}
          {data !== undefined && data.items.length === 0 && (
            <NoBindings filtered={Object.keys(filters).length > 0} unread={unread} partly={data.failures.length > 0} />
          )}
          {data !== undefined && data.items.length > 0 && (
            <>
              <BindingTable
                items={data.items}
                mayAsk={me?.can.ask === true}
                withCluster
                recordOnly={data.fromRecordOnly}
                busy={isPlaceholderData}
              />
              <Pager
                shown={data.items.length}
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

function standingTabs(
  current: string | undefined,
  counts: Record<string, number> | undefined,
  hrefWith: (change: { standing: string | undefined }) => string,
) {
  const all = counts === undefined ? undefined : Object.values(counts).reduce((sum, count) => sum + count, 0);
  return [
    { href: hrefWith({ standing: undefined }), label: "All", count: all, current: current === undefined },
    ...standingOrder.map((standing) => ({
      href: hrefWith({ standing }),
      label: standings[standing].word,
      count: counts?.[standing],
      current: current === standing,
    })),
  ];
}

function NoBindings({ filtered, unread, partly }: { filtered: boolean; unread: boolean; partly: boolean }) {
  if (unread) {
    return (
      <Empty icon={Link2} title="Azure shows you no cluster">
        A cluster's role bindings show with the cluster. Ask for Reader on a cluster, a resource group or a subscription, or activate the
        role you are eligible for. Then reload.
      </Empty>
    );
  }
  if (filtered) {
    return (
      <Empty icon={Link2} title="No role binding matches" action={<LinkButton href="/bindings">Show all role bindings</LinkButton>}>
        No role binding that you may see has these marks.
      </Empty>
    );
  }
  if (partly) {
    return (
      <Empty icon={Link2} title="No role binding that you can read" action={<LinkButton href="/clusters">Look at the clusters</LinkButton>}>
        What could not be read is named above: those clusters may hold role bindings all the same.
      </Empty>
    );
  }
  return (
    <Empty icon={Link2} title="No role bindings" action={<LinkButton href="/clusters">Look at the clusters</LinkButton>}>
      None of the clusters that you can read holds a trusted access role binding.
    </Empty>
  );
}
