"use client";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { workspacePath } from "@/components/ui/arm-names";
import { LinkButton } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { Failures } from "@/components/ui/failures";
import { FilterBar, FilterSelect, SearchBox } from "@/components/ui/filter-bar";
import { FlaskConical } from "@/components/ui/icons";
import { Pager } from "@/components/ui/pager";
import { ProblemNotice } from "@/components/ui/problem";
import { PageHeader, Section } from "@/components/ui/section";
import { SkeletonRows } from "@/components/ui/skeleton";
import { RowLink, Table, Td, Th, Tr } from "@/components/ui/table";
import { Age } from "@/components/ui/time";
import { useFilters } from "@/components/ui/use-filters";
import { type WorkspaceRow, workspaceFilters, workspacesQuery } from "./queries";

/** Workspaces over all subscriptions that this person can read, filtered by the address. */
export function WorkspaceList() {
  const { filters, setFilters, hrefWith } = useFilters(workspaceFilters);
  const { data, error, isPlaceholderData, refetch } = useQuery({ ...workspacesQuery(filters), placeholderData: keepPreviousData });
  return (
    <>
      <PageHeader title="Workspaces" below="Machine learning workspaces of every subscription that Azure lets you read." />
      <FilterBar>
        <FilterSelect
          label="Subscription"
          all="Any subscription"
          value={filters.subscription ?? ""}
          onPick={(subscription) => setFilters({ subscription })}
          options={(data?.subscriptions ?? []).map(({ id, name }) => [id, name])}
        />
        <SearchBox value={filters.search ?? ""} onSearch={(search) => setFilters({ search })} placeholder="Search names, groups, regions" />
      </FilterBar>
      <div className="space-y-3">
        {data !== undefined && <Failures failures={data.failures} what="subscriptions" />}
        <Section title="Workspaces" flush aside={data !== undefined && <Age iso={data.at} />}>
          {error !== null && <ProblemNotice error={error} onRetry={() => void refetch()} />}
          {data === undefined && error === null && <SkeletonRows />}
          {data !== undefined && data.items.length === 0 && <NoWorkspaces filtered={Object.keys(filters).length > 0} />}
          {data !== undefined && data.items.length > 0 && (
            <>
              <WorkspaceTable items={data.items} busy={isPlaceholderData} />
              <Pager
                shown={data.items.length}
                total={data.total}
                nextHref={data.nextCursor === null ? null : hrefWith({ cursor: data.nextCursor })}
                firstHref={filters.cursor === undefined ? null : hrefWith({})}
              />
            </>
          )}
        </Section>
      </div>
    </>
  );
}

function NoWorkspaces({ filtered }: { filtered: boolean }) {
  if (filtered) {
    return (
      <Empty icon={FlaskConical} title="No workspace matches" action={<LinkButton href="/workspaces">Show all workspaces</LinkButton>}>
        No workspace that you can read has these marks.
      </Empty>
    );
  }
  return (
    <Empty icon={FlaskConical} title="Azure shows you no workspace">
      Ask for Reader on a workspace, a resource group or a subscription, or activate the role you are eligible for. Then reload.
    </Empty>
  );
}

function WorkspaceTable({ items, busy }: { items: WorkspaceRow[]; busy: boolean }) {
  const head = (
    <>
      <Th>Workspace</Th>
      <Th>Region</Th>
      <Th>Subscription</Th>
      <Th>Identity</Th>
      <Th>Attached clusters</Th>
    </>
  );
  return (
    <Table label="Table of workspaces" head={head} busy={busy} className="md:min-w-[48rem]">
      {items.map((one) => (
        <Tr key={one.id}>
          <Td className="min-w-40">
            <RowLink href={workspacePath(one.id) ?? "/workspaces"}>{one.name}</RowLink>
            <p className="text-xs text-ink-3">{one.resourceGroup}</p>
          </Td>
          <Td beside>{one.location ?? <span className="text-ink-3">not known</span>}</Td>
          <Td beside className="whitespace-nowrap">
            {one.subscriptionName}
          </Td>
          <Td beside>{identityWords(one.identity.type)}</Td>
          <Td beside label="Attached clusters" className="num">
            <Attached read={one.clusters} />
          </Td>
        </Tr>
      ))}
    </Table>
  );
}

function Attached({ read }: { read: WorkspaceRow["clusters"] }) {
  if (read.state === "ok") return read.value === 0 ? <span className="text-ink-3">0</span> : <>{read.value}</>;
  const why = read.state === "absent" ? "The workspace is gone." : read.message;
  return (
    <span title={why} className="text-ink-3">
      {read.state === "no-permission" ? "not readable by you" : "not read"}
    </span>
  );
}

/** Kind of a workspace's identity, in words. */
export function identityWords(type: string): string {
  if (type === "None") return "none";
  return type.replace("SystemAssigned", "system-assigned").replace("UserAssigned", "user-assigned").replace(", ", " and ");
}
