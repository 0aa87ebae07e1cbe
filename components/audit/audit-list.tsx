"use client";
import { Download, ScrollText, X } from "@/components/ui/icons";
import { useState } from "react";
import { AnchorButton, LinkButton } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { FilterBar, FilterSelect, SearchBox } from "@/components/ui/filter-bar";
import { Rows, useList } from "@/components/ui/list";
import { PageHeader, Section } from "@/components/ui/section";
import { auditActions } from "@/lib/audit/actions";
import { AuditTable } from "./audit-table";
import { ChainHead } from "./chain-head";
import { HowToVerify } from "./how-to-verify";
import { MoreFilters } from "./more-filters";
import { auditFilters, auditQuery, exportHref } from "./queries";
import { actionWords, outcomes } from "./words";

/** The record: what was done here, by whom, with what outcome; filtered by the address, exported as filtered. */
export function AuditList() {
  const list = useList(auditFilters, auditQuery);
  const { filters, setFilters, hrefWith } = list;
  const { data } = list.query;
  const [explaining, setExplaining] = useState(false);
  const filtered = Object.keys(filters).some((name) => name !== "cursor");
  return (
    <>
      <PageHeader
        title="Audit"
        below="Everything that was done and refused here, in an unbroken chain. Reading and exporting it is recorded too."
        actions={
          <>
            <AnchorButton icon={Download} href={exportHref(filters, "csv")} download>
              CSV
            </AnchorButton>
            <AnchorButton icon={Download} href={exportHref(filters, "jsonl")} download>
              JSONL, verifiable
            </AnchorButton>
          </>
        }
      />
      <FilterBar>
        <FilterSelect
          label="Action"
          all="Any action"
          value={filters.action ?? ""}
          onPick={(action) => setFilters({ action })}
          options={auditActions.map((action) => [action, actionWords(action)])}
        />
        <FilterSelect
          label="Outcome"
          all="Any outcome"
          value={filters.outcome ?? ""}
          onPick={(outcome) => setFilters({ outcome })}
          options={Object.entries(outcomes).map(([outcome, { word }]) => [outcome, word])}
        />
        <SearchBox value={filters.actor ?? ""} onSearch={(actor) => setFilters({ actor })} placeholder="Person: name or object id" />
        {filtered && (
          <LinkButton size="sm" kind="quiet" icon={X} href="/audit">
            Clear filters
          </LinkButton>
        )}
      </FilterBar>
      <MoreFilters filters={filters} onFilter={setFilters} />
      <Section
        title="Events, newest first"
        flush
        aside={data !== undefined && <ChainHead head={data.head} onExplain={() => setExplaining(true)} />}
      >
        <Rows
          list={list}
          empty={
            <Empty icon={ScrollText} title="No event matches" action={<LinkButton href="/audit">Show all events</LinkButton>}>
              Nothing in the record has these marks.
            </Empty>
          }
        >
          {({ items }, isBusy) => <AuditTable items={items} busy={isBusy} hrefWith={hrefWith} />}
        </Rows>
      </Section>
      <HowToVerify headHash={data?.head?.hash ?? null} open={explaining} onClose={() => setExplaining(false)} />
    </>
  );
}
