"use client";
import { Badge } from "@/components/ui/badge";
import { LinkButton } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { FilterBar, FilterSelect, SearchBox } from "@/components/ui/filter-bar";
import { Boxes, CircleCheck, CircleX } from "@/components/ui/icons";
import { Notice } from "@/components/ui/notice";
import { useList } from "@/components/ui/list";
import { NoAnswer } from "@/components/ui/no-answer";
import { Pager } from "@/components/ui/pager";
import { Readable } from "@/components/ui/readable";
import { Section } from "@/components/ui/section";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { Age, Time } from "@/components/ui/time";
import { ClusterHead, pathOf } from "./cluster-head";
import { type ClusterAddress, podFilters, podsQuery } from "./queries";
import { WayNotice } from "./way";
import type { PodList } from "./words";

type Pods = Extract<NonNullable<PodList["pods"]>, { state: "ok" }>["value"];

/** The pods of a cluster over all namespaces, filtered by the address and paged by the server. */
export function PodsPage({ address }: { address: ClusterAddress }) {
  const list = useList(podFilters, (filters) => podsQuery(address, filters));
  const { filters, setFilters, hrefWith } = list;
  const { data, isPlaceholderData } = list.query;
  const pods = data?.pods?.state === "ok" ? data.pods.value : undefined;
  return (
    <>
      <ClusterHead address={address} part="/pods" />
      <FilterBar>
        <FilterSelect
          label="Namespace"
          all="Any namespace"
          value={filters.namespace ?? ""}
          onPick={(namespace) => setFilters({ namespace })}
          options={(pods?.namespaces ?? []).map((name) => [name, name])}
        />
        <FilterSelect
          label="State"
          all="Any state"
          value={filters.show ?? ""}
          onPick={(show) => setFilters({ show })}
          options={[["unwell", `Not well${pods === undefined ? "" : ` (${pods.unwell})`}`]]}
        />
        <SearchBox value={filters.search ?? ""} onSearch={(search) => setFilters({ search })} placeholder="Search pods, nodes, reasons" />
      </FilterBar>
      <div className="space-y-3">
        {data !== undefined && (
          <WayNotice
            way={data.way}
            what="pods"
            address={address}
            isRead={pods !== undefined}
            directHref={pathOf(address) + "/pods"}
            commandHref={hrefWith({ via: "run-command" })}
          />
        )}
        {pods?.truncated === true && (
          <Notice tone="warning" title={`Only the first ${pods.all} pods are looked at`}>
            The cluster has more. What you search for may be among the others.
          </Notice>
        )}
        <Section title="Pods" flush aside={data?.pods?.state === "ok" && <Age iso={data.pods.at} />}>
          <NoAnswer query={list.query} rows={10} />
          {data?.pods === null && <p className="p-3 text-ink-3">Not read yet.</p>}
          {data?.pods != null && (
            <Readable read={data.pods} what="the pods of this cluster">
              {(value) =>
                value.items.length === 0 ? (
                  <NoPods all={value.all} href={pathOf(address) + "/pods"} />
                ) : (
                  <>
                    <PodTable items={value.items} busy={isPlaceholderData} />
                    <Pager page={value} list={list} />
                  </>
                )
              }
            </Readable>
          )}
        </Section>
      </div>
    </>
  );
}

function NoPods({ all, href }: { all: number; href: string }) {
  if (all === 0) return <Empty icon={Boxes} title="The cluster has no pods" />;
  return (
    <Empty icon={Boxes} title="No pod matches" action={<LinkButton href={href}>Show all {all} pods</LinkButton>}>
      No pod of this cluster has these marks.
    </Empty>
  );
}

function PodTable({ items, busy }: { items: Pods["items"]; busy: boolean }) {
  const head = (
    <>
      <Th>Pod</Th>
      <Th>Namespace</Th>
      <Th>State</Th>
      <Th end>Ready</Th>
      <Th end>Restarts</Th>
      <Th>Node</Th>
      <Th>Made</Th>
    </>
  );
  return (
    <Table label="Table of pods" head={head} busy={busy} className="md:min-w-[60rem]">
      {items.map((pod) => (
        <Tr key={`${pod.namespace}/${pod.name}`}>
          <Td className="font-medium break-all">{pod.name}</Td>
          <Td beside>{pod.namespace}</Td>
          <Td className="max-w-96">
            <Badge tone={pod.well ? "success" : "warning"} icon={pod.well ? CircleCheck : CircleX}>
              {pod.reason ?? pod.phase}
            </Badge>
            {pod.message !== null && <p className="mt-0.5 text-xs break-words text-ink-3">{pod.message}</p>}
          </Td>
          <Td beside label="Ready" end>
            {pod.ready}/{pod.containers}
          </Td>
          <Td beside label="Restarts" end>
            {pod.restarts}
          </Td>
          <Td beside label="Node" className="break-all">
            {pod.node ?? <span className="text-ink-3">none</span>}
          </Td>
          <Td beside>{pod.createdAt === null ? <span className="text-ink-3">not known</span> : <Time iso={pod.createdAt} />}</Td>
        </Tr>
      ))}
    </Table>
  );
}
