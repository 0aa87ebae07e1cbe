"use client";
import type { ComponentProps } from "react";
import { LinkButton } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { FilterBar, FilterSelect, SearchBox } from "@/components/ui/filter-bar";
import { Users } from "@/components/ui/icons";
import { useList } from "@/components/ui/list";
import { NoAnswer } from "@/components/ui/no-answer";
import { Pager } from "@/components/ui/pager";
import { Readable } from "@/components/ui/readable";
import { Section } from "@/components/ui/section";
import { Age } from "@/components/ui/time";
import { ClusterHead, pathOf } from "./cluster-head";
import { NamespaceAccess } from "./namespace-access";
import { accessFilters, accessQuery, type ClusterAddress } from "./queries";
import { SubjectTable } from "./subject-table";
import { WayNotice } from "./way";
import type { Access } from "./words";

/** Who may do what in a cluster, the highest risk first, filtered by the address and paged by the server; and what `azureml` has of its own. */
export function AccessPage({ address }: { address: ClusterAddress }) {
  const list = useList(accessFilters, (filters) => accessQuery(address, filters));
  const { filters, setFilters, hrefWith } = list;
  const { data, isPlaceholderData } = list.query;
  const counts = data?.subjects?.counts;
  const path = `${pathOf(address)}/access`;
  return (
    <>
      <ClusterHead address={address} part="/access" />
      <FilterBar>
        <FilterSelect
          label="Risk"
          all="Any risk"
          value={filters.risk ?? ""}
          onPick={(risk) => setFilters({ risk })}
          options={(["critical", "medium", "low"] as const).map((level) => [
            level,
            counts === undefined ? riskWords[level] : `${riskWords[level]} (${counts[level]})`,
          ])}
        />
        <FilterSelect
          label="Parts of Kubernetes"
          all="Without Kubernetes’ own"
          value={filters.system ?? ""}
          onPick={(system) => setFilters({ system })}
          options={[["show", "With Kubernetes’ own"]]}
        />
        <SearchBox
          value={filters.search ?? ""}
          onSearch={(search) => setFilters({ search })}
          placeholder="Search subjects, roles, bindings"
        />
      </FilterBar>
      <div className="space-y-3">
        {data !== undefined && (
          <WayNotice
            way={data.way}
            what="access"
            address={address}
            isRead={data.subjects !== null}
            directHref={path}
            commandHref={hrefWith({ via: "run-command" })}
          />
        )}
        <Section title="Who may do what" flush aside={data?.cluster?.state === "ok" && <Judged cluster={data.cluster} />}>
          <NoAnswer query={list.query} rows={10} />
          {data !== undefined && <Subjects data={data} isBusy={isPlaceholderData} path={path} list={list} />}
        </Section>
        {data?.namespace != null && !saysTheSame(data) && (
          <Section
            title="In the namespace azureml"
            flush={data.namespace.state !== "ok"}
            aside={data.namespace.state === "ok" && <Age iso={data.namespace.at} />}
          >
            <Readable read={data.namespace} what="the roles of the namespace azureml">
              {(value) => <NamespaceAccess access={value} />}
            </Readable>
          </Section>
        )}
      </div>
    </>
  );
}

/** One answer for both parts is told once: the API server could not be asked at all. */
function saysTheSame({ cluster, namespace }: Access): boolean {
  if (cluster === null || namespace === null || cluster.state === "ok" || cluster.state === "absent") return false;
  return namespace.state === cluster.state && namespace.message === cluster.message;
}

const riskWords = { critical: "Critical", medium: "Medium", low: "Low" } as const;

function Judged({ cluster: { value, at } }: { cluster: Extract<NonNullable<Access["cluster"]>, { state: "ok" }> }) {
  return (
    <>
      <span className="num">
        {value.roles} cluster roles, {value.bindings} bindings
      </span>
      <Age iso={at} />
    </>
  );
}

type SubjectsProps = { data: Access; isBusy: boolean; path: string; list: ComponentProps<typeof Pager>["list"] };

function Subjects({ data: { cluster, subjects }, isBusy, path, list }: SubjectsProps) {
  return (
    <>
      {cluster !== null && cluster.state !== "ok" && (
        <Readable read={cluster} what="the cluster roles and their bindings">
          {() => null}
        </Readable>
      )}
      {cluster === null && <p className="p-3 text-ink-3">Not read yet.</p>}
      {subjects !== null && subjects.items.length === 0 && (
        <Empty icon={Users} title="Nobody matches" action={<LinkButton href={path}>Show everybody</LinkButton>}>
          Nobody else holds anything with these marks{subjects.hidden > 0 && "; Kubernetes’ own parts are left out"}.
        </Empty>
      )}
      {subjects !== null && subjects.items.length > 0 && (
        <>
          <SubjectTable items={subjects.items} busy={isBusy} />
          {subjects.hidden > 0 && (
            <p className="border-t border-line px-3 py-1.5 text-xs text-ink-3">
              {subjects.hidden === 1 ? "One part of Kubernetes itself is" : `${subjects.hidden} parts of Kubernetes itself are`} left out.
            </p>
          )}
          <Pager page={subjects} list={list} />
        </>
      )}
    </>
  );
}
