"use client";
import { ClusterHead } from "@/components/clusters/cluster-head";
import type { ClusterAddress } from "@/components/clusters/queries";
import { useMe } from "@/components/shell/me";
import { Badge } from "@/components/ui/badge";
import { LinkButton } from "@/components/ui/button";
import { CodeBlock } from "@/components/ui/code-block";
import { Facts, Nothing } from "@/components/ui/facts";
import { FilterBar, FilterSelect, SearchBox } from "@/components/ui/filter-bar";
import { Fold } from "@/components/ui/fold";
import { PenLine } from "@/components/ui/icons";
import { useList } from "@/components/ui/list";
import { NoAnswer } from "@/components/ui/no-answer";
import { Notice } from "@/components/ui/notice";
import { Readable } from "@/components/ui/readable";
import { Section } from "@/components/ui/section";
import { Age, Time } from "@/components/ui/time";
import { EntryTable } from "./entry-table";
import { type ClusterCoverage, type CoverageDetail, coverageFilters, coverageQuery } from "./queries";
import { RangeTable } from "./range-table";
import { RangeStrip } from "./range-strip";
import { RegionLinks, TagLink } from "./tag-link";
import { TagWarnings } from "./tag-warnings";
import { answerLooks, coverageLooks, scopeWords } from "./words";
import { WorkspaceLines } from "./workspace-lines";

/** Whether Azure ML reaches the API server of a cluster by its list of authorized ranges, and why. */
export function CoveragePage({ address }: { address: ClusterAddress }) {
  const list = useList(coverageFilters, (filters) => coverageQuery(address, filters));
  const { filters, setFilters } = list;
  const { data } = list.query;
  const mayAsk = useMe()?.can.ask === true;
  const changeable = data?.coverage.state === "ok" && data.coverage.value.obstacle === null ? data.clusterId : null;
  return (
    <>
      <ClusterHead
        address={address}
        part="/network"
        actions={
          mayAsk &&
          changeable !== null && (
            <LinkButton icon={PenLine} href={`/network/new?${new URLSearchParams({ cluster: changeable })}`}>
              Change the list
            </LinkButton>
          )
        }
      />
      <FilterBar>
        <FilterSelect
          label="Ranges that count"
          all={scopeWords["region-and-pair"]}
          value={filters.scope ?? ""}
          onPick={(scope) => setFilters({ scope })}
          options={(["region", "global"] as const).map((scope) => [scope, scopeWords[scope]])}
        />
        <SearchBox value={filters.address ?? ""} onSearch={(text) => setFilters({ address: text })} placeholder="Is this address let in?" />
      </FilterBar>
      <div className="space-y-3">
        {data !== undefined && <Told data={data} />}
        <NoAnswer query={list.query} rows={8} />
        {data !== undefined && (
          <Readable read={data.coverage} what="the list of authorized ranges">
            {(coverage, at) => <Parts data={data} coverage={coverage} at={at} />}
          </Readable>
        )}
      </div>
    </>
  );
}

/** What has to be known before the rest is believed: warnings of the tags, what was not read, and the answer about an address. */
function Told({ data: { tags, unread, answer } }: { data: ClusterCoverage }) {
  return (
    <>
      {answer !== null && (
        <Notice
          tone={"fault" in answer ? "warning" : answerLooks[answer.state].tone}
          title={"fault" in answer ? "No address" : `${answer.address}: ${answerLooks[answer.state].word}`}
        >
          {"fault" in answer ? answer.fault : answer.sentence}
        </Notice>
      )}
      {tags.state !== "ok" && (
        <Notice tone="warning" title="The service tags are not known">
          {tags.state === "absent" ? "Nobody has imported them yet." : tags.message}
        </Notice>
      )}
      {tags.state === "ok" && <TagWarnings warnings={tags.value.warnings} />}
      {unread.length > 0 && (
        <Notice tone="warning" title="Not everything could be read">
          {unread.join(" ")}
        </Notice>
      )}
    </>
  );
}

function Parts({ data, coverage, at }: { data: ClusterCoverage; coverage: CoverageDetail; at: string }) {
  const { tone, icon, word } = coverageLooks[coverage.state];
  const { budget, entries, ranges, workspaces, egress, notes, regions } = coverage;
  const isPrivate = coverage.state === "not-applicable";
  const isOfRegions = ranges.some((range) => range.regions.length > 0);
  return (
    <>
      <Section title="Azure ML and the API server" aside={<Age iso={at} />}>
        <div className="flex flex-wrap items-start gap-x-3 gap-y-1">
          <Badge tone={tone} icon={icon}>
            {word}
          </Badge>
          <div className="min-w-0 flex-1 basis-72">
            {workspaces.length > 0 && workspaces.every(({ isFallback }) => isFallback) && (
              <p className="font-medium">Azure ML reaches the API server through its role bindings; the ranges are the fallback.</p>
            )}
            <p>{coverage.reason}</p>
          </div>
        </div>
        <RangeStrip ranges={ranges} entries={entries} />
        <Facts
          columns={2}
          className="mt-3"
          items={[
            [
              "Regions",
              isOfRegions ? (
                <RegionLinks key="regions" regions={regions} />
              ) : (
                <TagLink key="all" name="AzureMachineLearning">
                  all regions
                </TagLink>
              ),
            ],
            ["Entries", isPrivate ? undefined : entriesWords(budget)],
            ["The nodes", egressWords(egress)],
            [
              "Service tags out since at least",
              data.tags.state === "ok" ? <Time key="since" iso={data.tags.value.since} /> : <Nothing key="unknown">not known</Nothing>,
            ],
          ]}
        />
        {notes.length > 0 && !isPrivate && (
          <ul className="mt-3 list-disc space-y-1 pl-4 text-ink-3">
            {notes.map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ul>
        )}
      </Section>
      {workspaces.length > 0 && (
        <Section title="Workspaces">
          <WorkspaceLines workspaces={workspaces} />
        </Section>
      )}
      {ranges.length > 0 && !isPrivate && (
        <Section
          title="Ranges that Azure ML calls from"
          flush
          aside={`${ranges.length} of ${isOfRegions ? regions.join(", ") : "all regions"}`}
        >
          <RangeTable ranges={ranges} />
        </Section>
      )}
      {entries.length > 0 && (
        <Section title="The list as it stands" flush aside={entries.length === 1 ? "1 entry" : `${entries.length} entries`}>
          <EntryTable entries={entries} />
        </Section>
      )}
      {data.exports !== null && (
        <Section
          title={
            ranges.some(({ state }) => state === "missing" || state === "partial")
              ? "The list with all that is missing, as text"
              : "The list as text"
          }
        >
          <div className="space-y-2">
            <Fold summary="CIDR list">
              <CodeBlock text={data.exports.list} what="CIDR list" />
            </Fold>
            <Fold summary="Terraform">
              <CodeBlock text={data.exports.terraform} what="Terraform" />
            </Fold>
            <Fold summary="Azure CLI">
              <CodeBlock text={data.exports.az} what="az command" />
            </Fold>
          </div>
        </Section>
      )}
    </>
  );
}

/** The sentence, with the addresses that it is about: those that stand in no entry. */
function egressWords({ state, absent, sentence }: CoverageDetail["egress"]): string {
  if (absent.length === 0) return sentence;
  return `${sentence} ${state === "added-by-azure" ? "In no entry of the list itself" : "Not let in"}: ${absent.join(", ")}.`;
}

function entriesWords({ used, after, limit }: CoverageDetail["budget"]): string {
  if (after === used) return `${used} of ${limit}`;
  return `${used} of ${limit}; ${after} with all that is missing${after > limit ? ", more than the list may have" : ""}`;
}
