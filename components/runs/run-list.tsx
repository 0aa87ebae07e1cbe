"use client";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { kindWords } from "@/components/requests/words";
import { armNames } from "@/components/ui/arm-names";
import { Play, X } from "@/components/ui/icons";
import { LinkButton } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { FilterBar, FilterSelect } from "@/components/ui/filter-bar";
import { Pager } from "@/components/ui/pager";
import { ProblemNotice } from "@/components/ui/problem";
import { PageHeader, Section } from "@/components/ui/section";
import { SkeletonRows } from "@/components/ui/skeleton";
import { Tabs } from "@/components/ui/tabs";
import { useFilters } from "@/components/ui/use-filters";
import { useMe } from "@/components/shell/me";
import { runFilters, runsQuery } from "./queries";
import { RunTable } from "./run-table";
import { runStateLooks } from "./words";

/** Runs that this person may see, newest first, filtered by the address. */
export function RunList() {
  const { filters, setFilters, hrefWith } = useFilters(runFilters);
  const { data, error, isPlaceholderData, refetch } = useQuery({ ...runsQuery(filters), placeholderData: keepPreviousData });
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
        {filters.cluster !== undefined && (
          <LinkButton size="sm" icon={X} href={hrefWith({ cluster: undefined })} aria-label="Show the runs on all clusters">
            on {armNames(filters.cluster).name}
          </LinkButton>
        )}
        {filters.workspace !== undefined && (
          <LinkButton size="sm" icon={X} href={hrefWith({ workspace: undefined })} aria-label="Show the runs of all workspaces">
            of {armNames(filters.workspace).name}
          </LinkButton>
        )}
      </FilterBar>
      <Section title="Runs" flush bare>
        {error !== null && <ProblemNotice error={error} onRetry={() => void refetch()} />}
        {data === undefined && error === null && <SkeletonRows />}
        {data !== undefined &&
          (data.items.length === 0 ? (
            <NoRuns filtered={Object.keys(filters).length > 0} view={view} />
          ) : (
            <>
              <RunTable items={data.items} busy={isPlaceholderData} />
              <Pager
                shown={data.items.length}
                nextHref={data.nextCursor === null ? null : hrefWith({ cursor: data.nextCursor })}
                firstHref={filters.cursor === undefined ? null : hrefWith({})}
              />
            </>
          ))}
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
