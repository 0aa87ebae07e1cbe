"use client";
import type { UseQueryOptions } from "@tanstack/react-query";
import { Link2 } from "@/components/ui/icons";
import { useMe } from "@/components/shell/me";
import { LinkButton } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { Failures } from "@/components/ui/failures";
import { FilterBar, OnOne, SearchBox } from "@/components/ui/filter-bar";
import { Notice } from "@/components/ui/notice";
import { Rows, useList } from "@/components/ui/list";
import { PageHeader, Section } from "@/components/ui/section";
import { Tabs } from "@/components/ui/tabs";
import type { Answer } from "@/lib/http/contract";
import { BindingTable } from "./binding-table";
import { type BindingFilters, bindingFilters, bindingsQuery } from "./queries";
import { standingOrder, standings } from "./words";

/** Role bindings over all readable clusters: what was approved here beside what Azure holds, filtered by the address. */
export function BindingList() {
  const list = useList(bindingFilters, standingNow);
  const { filters, setFilters, hrefWith } = list;
  const { data } = list.query;
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
        <OnOne word="on" id={filters.cluster} href={hrefWith({ cluster: undefined })} label="Show the bindings of all clusters" />
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
          <Rows list={list} empty={<NoBindings filtered={list.isFiltered} unread={unread} partly={(data?.failures.length ?? 0) > 0} />}>
            {({ items, fromRecordOnly }, isBusy) => (
              <BindingTable items={items} mayAsk={me?.can.ask === true} withCluster recordOnly={fromRecordOnly} busy={isBusy} />
            )}
          </Rows>
        </Section>
      </div>
    </>
  );
}

/** Clusters that nobody looked at yet are being read on the server: it is asked again until they are there. */
const standingNow = (filters: BindingFilters): UseQueryOptions<Answer<"GET /api/v1/bindings">> => ({
  ...bindingsQuery(filters),
  refetchInterval: ({ state }) => (state.data?.failures.some((failure) => failure.state === "unavailable") === true ? 5_000 : false),
});

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
