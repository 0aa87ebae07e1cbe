"use client";
import { FileText, Plus } from "@/components/ui/icons";
import { LinkButton } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { FilterBar, FilterSelect, OnOne, SearchBox } from "@/components/ui/filter-bar";
import { Rows, useList } from "@/components/ui/list";
import { PageHeader, Section } from "@/components/ui/section";
import { Tabs } from "@/components/ui/tabs";
import { useMe } from "@/components/shell/me";
import { requestFilters, requestsQuery } from "./queries";
import { RequestTable } from "./request-table";
import { kindWords, stateLooks } from "./words";

/** Requests that this person may see, newest first, filtered by the address. */
export function RequestList() {
  const list = useList(requestFilters, requestsQuery);
  const { filters, setFilters, hrefWith } = list;
  const me = useMe();
  const view = filters.view ?? "all";
  return (
    <>
      <PageHeader
        title="Requests"
        below="Every change to Azure begins here: a request, its plan, the approvals that the policy asks for, then a run."
      />
      <FilterBar>
        <Tabs
          label="Which requests"
          tabs={[
            { href: hrefWith({ view: undefined }), label: "All", current: view === "all" },
            {
              href: hrefWith({ view: "waiting-for-me" }),
              label: "Waiting for me",
              current: view === "waiting-for-me",
              count: me?.counts?.waitingForMe,
            },
            { href: hrefWith({ view: "mine" }), label: "Mine", current: view === "mine" },
          ]}
        />
        <FilterSelect
          label="State"
          all="Any state"
          value={filters.state ?? ""}
          onPick={(state) => setFilters({ state })}
          options={Object.entries(stateLooks).map(([state, { word }]) => [state, word])}
        />
        <FilterSelect
          label="Kind"
          all="Any kind"
          value={filters.kind ?? ""}
          onPick={(kind) => setFilters({ kind })}
          options={Object.entries(kindWords)}
        />
        <OnOne word="on" id={filters.cluster} href={hrefWith({ cluster: undefined })} label="Show the requests about all clusters" />
        <SearchBox value={filters.search ?? ""} onSearch={(search) => setFilters({ search })} placeholder="Search requests" />
      </FilterBar>
      <Section title="Requests" flush bare>
        <Rows list={list} empty={<NoRequests filtered={list.isFiltered} view={view} mayAsk={me?.can.ask === true} />}>
          {({ items }, isBusy) => <RequestTable items={items} busy={isBusy} />}
        </Rows>
      </Section>
    </>
  );
}

function NoRequests({ filtered, view, mayAsk }: { filtered: boolean; view: string; mayAsk: boolean }) {
  if (view === "waiting-for-me") {
    return (
      <Empty icon={FileText} title="Nothing waits for you">
        A request shows up here when you may decide on it. The title of this tab then carries the count.
      </Empty>
    );
  }
  if (filtered) {
    return (
      <Empty icon={FileText} title="No request matches" action={<LinkButton href="/requests">Show all requests</LinkButton>}>
        No request that you may see has these marks.
      </Empty>
    );
  }
  return (
    <Empty
      icon={FileText}
      title="No requests yet"
      action={
        mayAsk && (
          <LinkButton href="/requests/new" kind="primary" icon={Plus}>
            New request
          </LinkButton>
        )
      }
    >
      Requests about clusters that you can read, and your own, show up here.
    </Empty>
  );
}
