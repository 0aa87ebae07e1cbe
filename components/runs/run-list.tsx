"use client";
import { kindWords } from "@/components/requests/words";
import { Play } from "@/components/ui/icons";
import { LinkButton } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { FilterBar, OnOne, FilterSelect } from "@/components/ui/filter-bar";
import { Rows, useList } from "@/components/ui/list";
import { PageHeader, Section } from "@/components/ui/section";
import { Tabs } from "@/components/ui/tabs";
import { useMe } from "@/components/shell/me";
import { runFilters, runsQuery } from "./queries";
import { RunTable } from "./run-table";
import { runStateLooks } from "./words";

/** Runs that this person may see, newest first, filtered by the address. */
export function RunList() {
  const list = useList(runFilters, runsQuery);
  const { filters, setFilters, hrefWith } = list;
  const counts = useMe()?.counts;
  const view = filters.view ?? "all";
  return (
    <>
      <PageHeader title="Runs" below="A run does what an approved plan says, as a person, step by step, and shows that it is so." />
      <FilterBar>
        <Tabs
          label="Which runs"
          tabs={[
            { href: hrefWith({ view: undefined }), label: "All", current: view === "all" },
            { href: hrefWith({ view: "moving" }), label: "Moving", current: view === "moving", count: counts?.runsMoving },
            { href: hrefWith({ view: "needs-me" }), label: "Need me", current: view === "needs-me", count: counts?.runsNeedMe },
          ]}
        />
        <FilterSelect
          label="State"
          all="Any state"
          value={filters.state ?? ""}
          onPick={(state) => setFilters({ state })}
          options={Object.entries(runStateLooks).map(([state, { word }]) => [state, word])}
        />
        <FilterSelect
          label="Kind"
          all="Any kind"
          value={filters.kind ?? ""}
          onPick={(kind) => setFilters({ kind })}
          options={Object.entries(kindWords)}
        />
        <OnOne word="on" id={filters.cluster} href={hrefWith({ cluster: undefined })} label="Show the runs on all clusters" />
        <OnOne word="of" id={filters.workspace} href={hrefWith({ workspace: undefined })} label="Show the runs of all workspaces" />
      </FilterBar>
      <Section title="Runs" flush bare>
        <Rows list={list} empty={<NoRuns filtered={list.isFiltered} view={view} />}>
          {({ items }, isBusy) => <RunTable items={items} busy={isBusy} />}
        </Rows>
      </Section>
    </>
  );
}

function NoRuns({ filtered, view }: { filtered: boolean; view: string }) {
  if (view === "needs-me") {
    return (
      <Empty icon={Play} title="No run needs you">
        A run shows up here when it waits for your sign-in, or for rights that you may bring.
      </Empty>
    );
  }
  if (filtered) {
    return (
      <Empty
        icon={Play}
        title={view === "moving" ? "Nothing moves" : "No run matches"}
        action={<LinkButton href="/runs">Show all runs</LinkButton>}
      >
        {view === "moving" ? "No run works on Azure at this moment." : "No run that you may see has these marks."}
      </Empty>
    );
  }
  return (
    <Empty icon={Play} title="No runs yet" action={<LinkButton href="/requests">Go to the requests</LinkButton>}>
      A run begins when a request is approved.
    </Empty>
  );
}
