import { RiskBadge } from "@/components/ui/risk-badge";
import { clusterPath, roleName } from "@/components/ui/arm-names";
import { ArmId } from "@/components/ui/arm-id";
import { LinkButton } from "@/components/ui/button";
import { RowLink, Table, Td, Th, Tr } from "@/components/ui/table";
import { OrphanMark, StandingCell } from "./standing";
import { type Binding, requestPath } from "./words";

type Props = { items: Binding[]; mayAsk: boolean; withCluster?: boolean; recordOnly?: boolean; busy?: boolean };

/**
 * Role bindings as rows: who gets what, how that stands to what was approved, who made it, and the ways to change it. `recordOnly`: the
 * reader sees no cluster in Azure, so a row leads to its cluster's other bindings, and nothing is said about what exists.
 */
export function BindingTable({ items, mayAsk, withCluster = false, recordOnly = false, busy = false }: Props) {
  const head = (
    <>
      <Th>Role binding</Th>
      <Th>Source</Th>
      <Th>Trusted access roles</Th>
      <Th>Standing</Th>
      {mayAsk && (
        <Th>
          <span className="sr-only">Change it</span>
        </Th>
      )}
    </>
  );
  return (
    <Table label="Table of role bindings" head={head} busy={busy} className="md:min-w-[60rem]">
      {items.map((binding) => (
        <Tr key={binding.bindingId}>
          <NameCell binding={binding} href={withCluster ? rowPath(binding, recordOnly) : null} />
          <Td className="max-w-64">
            <div className="relative z-10 w-fit max-w-full">
              <ArmId id={binding.sourceResourceId} what="source id" />
            </div>
            <p className="text-xs break-words text-ink-3 md:whitespace-nowrap">{shortType(binding.sourceType)}</p>
            {!recordOnly && <OrphanMark orphan={binding.orphan} />}
          </Td>
          <Td className="min-w-60">
            <RoleList roles={binding.roles} />
          </Td>
          <Td className="w-full min-w-72">
            <StandingCell binding={binding} />
          </Td>
          {mayAsk && (
            <Td>
              <Ways binding={binding} />
            </Td>
          )}
        </Tr>
      ))}
    </Table>
  );
}

function rowPath({ clusterId }: Binding, recordOnly: boolean): string {
  const path = clusterPath(clusterId);
  if (recordOnly || path === null) return `/bindings?${new URLSearchParams({ cluster: clusterId })}`;
  return `${path}#bindings`;
}

function NameCell({ binding: { name, clusterName, provisioningState }, href }: { binding: Binding; href: string | null }) {
  return (
    <Td className="min-w-36 md:whitespace-nowrap">
      {href === null ? <span className="font-medium">{name}</span> : <RowLink href={href}>{name}</RowLink>}
      {href !== null && <p className="text-xs text-ink-3">on {clusterName}</p>}
      {provisioningState !== null && provisioningState !== "Succeeded" && (
        <p className="text-xs text-warning-ink">Azure says {provisioningState}</p>
      )}
    </Td>
  );
}

function RoleList({ roles }: { roles: Binding["roles"] }) {
  return (
    <ul className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-1.5 gap-y-0.5">
      {roles.map(({ fullName, risk }) => (
        <li key={fullName} className="col-span-2 grid grid-cols-subgrid items-start">
          <span>
            <RiskBadge level={risk} />
          </span>
          <code title={fullName} className="pt-0.5 font-mono text-xs break-words">
            {roleName(fullName)}
          </code>
        </li>
      ))}
    </ul>
  );
}

/** What can be asked for: a missing binding can be granted again, any other be changed or revoked. */
function Ways({ binding: { clusterId, name, standing } }: { binding: Binding }) {
  const way = (kind: "binding-grant" | "binding-update" | "binding-revoke", word: string) => (
    <LinkButton size="sm" href={requestPath({ kind, clusterId, name })} aria-label={`${word} ${name}`}>
      {word}
    </LinkButton>
  );
  return (
    <span className="relative z-10 flex gap-1 md:justify-end">
      {standing === "missing" ? (
        way("binding-grant", "Grant again")
      ) : (
        <>
          {way("binding-update", "Change")}
          {way("binding-revoke", "Revoke")}
        </>
      )}
    </span>
  );
}

/** `MachineLearningServices/workspaces`: Microsoft's own prefix says nothing here. */
function shortType(type: string): string {
  return type.replace(/^Microsoft\./i, "");
}
