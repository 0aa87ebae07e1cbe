import { RiskBadge } from "@/components/ui/risk-badge";
import { clusterPath, roleName } from "@/components/ui/arm-names";
import { ArmId } from "@/components/ui/arm-id";
import { LinkButton } from "@/components/ui/button";
import { RowLink, Table, Td, Th, Tr } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { OrphanMark, StandingCell } from "./standing";
import { type Binding, requestPath } from "./words";

type Props = { items: Binding[]; mayAsk: boolean; withCluster?: boolean; busy?: boolean };

/** Role bindings as rows: who gets what, how that stands to what was approved, who made it, and the ways to change it. */
export function BindingTable({ items, mayAsk, withCluster = false, busy = false }: Props) {
  const head = (
    <>
      <Th>Role binding</Th>
      <Th>Source</Th>
      <Th>Trusted access roles</Th>
      <Th>Standing</Th>
      <Th>Made by</Th>
      <Th>Seen</Th>
      {mayAsk && (
        <Th>
          <span className="sr-only">Change it</span>
        </Th>
      )}
    </>
  );
  return (
    <Table label="Role bindings" head={head} busy={busy} className="min-w-[62rem]">
      {items.map((binding) => (
        <Tr key={binding.bindingId}>
          <NameCell binding={binding} withCluster={withCluster} />
          <Td className="max-w-56">
            <div className="relative z-10 w-fit max-w-full">
              <ArmId id={binding.sourceResourceId} what="source id" />
            </div>
            <p className="truncate text-xs text-ink-3" title={binding.sourceType}>
              {shortType(binding.sourceType)}
            </p>
            <OrphanMark orphan={binding.orphan} />
          </Td>
          <Td>
            <RoleList roles={binding.roles} />
          </Td>
          <Td className="min-w-44">
            <StandingCell binding={binding} />
          </Td>
          <Td className="min-w-36">
            <p>{binding.maker.name === "a person" ? "A person" : binding.maker.name}</p>
            <p className="text-xs text-ink-3">{binding.maker.reason}</p>
          </Td>
          <Td className="text-xs text-ink-3">{binding.seenAt === null ? "not seen" : <Time iso={binding.seenAt} />}</Td>
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

function NameCell({ binding, withCluster }: { binding: Binding; withCluster: boolean }) {
  const { name, clusterId, clusterName, provisioningState } = binding;
  const path = clusterPath(clusterId);
  return (
    <Td className="min-w-36">
      {withCluster && path !== null ? <RowLink href={`${path}#bindings`}>{name}</RowLink> : <span className="font-medium">{name}</span>}
      {withCluster && <p className="text-xs text-ink-3">on {clusterName}</p>}
      {provisioningState !== null && provisioningState !== "Succeeded" && (
        <p className="text-xs text-warning-ink">Azure says {provisioningState}</p>
      )}
    </Td>
  );
}

function RoleList({ roles }: { roles: Binding["roles"] }) {
  return (
    <ul className="space-y-0.5">
      {roles.map(({ fullName, risk }) => (
        <li key={fullName} className="flex items-center gap-1.5">
          <code title={fullName} className="font-mono text-xs">
            {roleName(fullName)}
          </code>
          <RiskBadge level={risk} />
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
    <span className="relative z-10 flex justify-end gap-1">
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
