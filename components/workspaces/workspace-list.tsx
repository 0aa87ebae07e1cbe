"use client";
import { workspacePath } from "@/components/ui/arm-names";
import { FlaskConical } from "@/components/ui/icons";
import { useList } from "@/components/ui/list";
import { ResourceList } from "@/components/ui/resource-list";
import { RowLink, Table, Td, Th, Tr } from "@/components/ui/table";
import { type WorkspaceRow, workspaceFilters, workspacesQuery } from "./queries";

/** Workspaces over all subscriptions that this person can read, filtered by the address. */
export function WorkspaceList() {
  return (
    <ResourceList
      list={useList(workspaceFilters, workspacesQuery)}
      noun="workspace"
      path="/workspaces"
      icon={FlaskConical}
      below="Machine learning workspaces of every subscription that Azure lets you read."
      placeholder="Search names, groups, regions"
    >
      {({ items }, isBusy) => <WorkspaceTable items={items} busy={isBusy} />}
    </ResourceList>
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
