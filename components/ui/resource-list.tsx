"use client";
import type { ReactNode } from "react";
import { LinkButton } from "./button";
import { Empty } from "./empty";
import { type Failure, Failures } from "./failures";
import { FilterBar, FilterSelect, SearchBox } from "./filter-bar";
import type { Icon } from "./icons";
import { Rows, type useList } from "./list";
import type { Paged } from "./pager";
import { PageHeader, Section } from "./section";
import { Age } from "./time";

type Page = Paged & { total: number; failures: Failure[]; subscriptions: { id: string; name: string }[]; at: string };

type Props<P extends Page> = {
  list: ReturnType<typeof useList<"search" | "subscription" | "cursor", P>>;
  /** One of them, in lower case, and the path of the list of all. */
  noun: string;
  path: string;
  icon: Icon;
  /** What the page is, below its title. */
  below?: string;
  /** In place of the title and what stands below it. */
  head?: ReactNode;
  placeholder: string;
  /** Filters before the usual ones, and what stands above the rows. */
  filters?: ReactNode;
  above?: ReactNode;
  children: (page: P, isBusy: boolean) => ReactNode;
};

/** Page of the resources of one type over all subscriptions that this person can read: filters, what could not be read, and the rows that `children` draws. */
export function ResourceList<P extends Page>({
  list,
  noun,
  path,
  icon,
  below,
  head,
  placeholder,
  filters: more,
  above,
  children,
}: Props<P>) {
  const { filters, setFilters, isFiltered } = list;
  const { data } = list.query;
  const title = `${noun.charAt(0).toUpperCase()}${noun.slice(1)}s`;
  const empty = isFiltered ? (
    <Empty icon={icon} title={`No ${noun} matches`} action={<LinkButton href={path}>Show all {noun}s</LinkButton>}>
      No {noun} that you can read has these marks.
    </Empty>
  ) : (
    <Empty icon={icon} title={`Azure shows you no ${noun}`}>
      Ask for Reader on a {noun}, a resource group or a subscription, or activate the role you are eligible for. Then reload.
    </Empty>
  );
  return (
    <>
      {head ?? <PageHeader title={title} below={below} />}
      <FilterBar>
        {more}
        <FilterSelect
          label="Subscription"
          all="Any subscription"
          value={filters.subscription ?? ""}
          onPick={(subscription) => setFilters({ subscription })}
          options={(data?.subscriptions ?? []).map(({ id, name }) => [id, name])}
        />
        <SearchBox value={filters.search ?? ""} onSearch={(search) => setFilters({ search })} placeholder={placeholder} />
      </FilterBar>
      <div className="space-y-3">
        {data !== undefined && <Failures failures={data.failures} what="subscriptions" />}
        {above}
        <Section title={title} flush aside={data !== undefined && <Age iso={data.at} />}>
          <Rows list={list} empty={empty}>
            {children}
          </Rows>
        </Section>
      </div>
    </>
  );
}
