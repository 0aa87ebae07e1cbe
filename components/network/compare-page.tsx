"use client";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { queryOf } from "@/components/shell/query";
import { LinkButton } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { Select } from "@/components/ui/field";
import { FilterBar, FilterSelect, SearchBox } from "@/components/ui/filter-bar";
import { Globe, Undo2 } from "@/components/ui/icons";
import { NoAnswer } from "@/components/ui/no-answer";
import { PageHeader, Section } from "@/components/ui/section";
import { useFilters } from "@/components/ui/use-filters";
import { chosenPair, type CompareFilters, compareFilters, comparePath, compareWhere, type Pair } from "./compare-pair";
import { ComparisonView } from "./comparison-view";
import { type Snapshot, snapshotsQuery } from "./queries";
import { leading } from "./words";

/** What changed from one snapshot to another; both, and what of it is looked for, are the address. */
export function ComparePage() {
  const { filters, setFilters } = useFilters(compareFilters);
  const snapshots = useQuery(snapshotsQuery({ limit: 200 }));
  const items = snapshots.data?.items ?? [];
  const pair = snapshots.data === undefined ? null : chosenPair(items, filters);
  return (
    <>
      <PageHeader
        above={
          <Link href="/network/snapshots" className="text-brand-ink hover:underline">
            Snapshots of service tags
          </Link>
        }
        title="Compare snapshots"
        below="Which ranges came and which went, tag by tag."
      />
      <NoAnswer query={snapshots} />
      {snapshots.data !== undefined && pair === null && <TooFew count={items.length} />}
      {pair !== null && <Compared pair={pair} items={items} filters={filters} onFilter={setFilters} />}
    </>
  );
}

function TooFew({ count }: { count: number }) {
  return (
    <Section title="Nothing to compare">
      <Empty
        icon={Globe}
        title={count === 0 ? "No snapshot yet" : "One snapshot so far"}
        action={<LinkButton href="/network/snapshots">Show the snapshots</LinkButton>}
      >
        A comparison takes two.
      </Empty>
    </Section>
  );
}

type ComparedProps = {
  pair: Pair;
  items: readonly Snapshot[];
  filters: CompareFilters;
  onFilter: (change: CompareFilters) => void;
};

function Compared({ pair, items, filters, onFilter }: ComparedProps) {
  const query = useQuery({
    ...queryOf("GET /api/v1/network/snapshots/compare", compareWhere(pair, filters)),
    placeholderData: keepPreviousData,
  });
  const regions = query.data?.regions.filter(({ added, removed }) => added + removed > 0) ?? [];
  return (
    <>
      <FilterBar>
        <SnapshotSelect label="From" items={items} value={pair.from} onPick={(from) => onFilter({ ...pair, from })} />
        <SnapshotSelect label="To" items={items} value={pair.to} onPick={(to) => onFilter({ ...pair, to })} />
        <LinkButton size="sm" icon={Undo2} href={comparePath(pair.to, pair.from)} replace scroll={false}>
          The other way round
        </LinkButton>
        <FilterSelect
          label="Region"
          all="Any region"
          value={filters.region ?? ""}
          onPick={(region) => onFilter({ region })}
          options={regionOptions(regions, filters.region)}
        />
        <SearchBox value={filters.search ?? ""} onSearch={(search) => onFilter({ search })} placeholder="Search tags and ranges" />
      </FilterBar>
      <NoAnswer query={query} rows={8} />
      {query.data !== undefined && (
        <ComparisonView
          comparison={query.data}
          isFiltered={filters.region !== undefined || filters.search !== undefined}
          all={comparePath(pair.from, pair.to)}
          busy={query.isPlaceholderData}
        />
      )}
    </>
  );
}

/** The regions that differ, and the chosen one also where it does not. */
function regionOptions(regions: readonly { region: string | null; added: number; removed: number }[], chosen: string | undefined) {
  const options = regions.flatMap(({ region, added, removed }): [string, string][] =>
    region === null ? [] : [[region, `${region} (+${added} −${removed})`]],
  );
  return chosen === undefined || options.some(([region]) => region === chosen)
    ? options
    : [...options, [chosen, chosen] as [string, string]];
}

type SelectProps = { label: "From" | "To"; items: readonly Snapshot[]; value: string; onPick: (id: string) => void };

function SnapshotSelect({ label, items, value, onPick }: SelectProps) {
  return (
    <label className="flex min-w-0 items-center gap-1.5">
      <span className="text-ink-3">{label}</span>
      <Select value={value} onChange={(event) => onPick(event.target.value)} className="h-7! w-auto! min-w-0 max-w-64">
        {items.map((snapshot) => (
          <option key={snapshot.id} value={snapshot.id}>
            {nameOf(snapshot)}
          </option>
        ))}
        {!items.some(({ id }) => id === value) && <option value={value}>an older one, {value.slice(0, 8)}</option>}
      </Select>
    </label>
  );
}

function nameOf({ sightings, firstSeenAt, isCurrent }: Snapshot): string {
  const shown = leading(sightings);
  const published = shown?.publishedAt?.slice(0, 10);
  const day = published === undefined ? `first seen ${firstSeenAt.slice(0, 10)}` : published;
  const from = shown?.source === "arm" ? ", Azure" : "";
  return `${shown?.changeNumber ?? "?"}${from}, ${day}${isCurrent ? " (in use)" : ""}`;
}
