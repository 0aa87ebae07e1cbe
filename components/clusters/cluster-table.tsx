import { clusterPath } from "@/components/ui/arm-names";
import { SlotMeter } from "@/components/ui/meter";
import { RowLink, Table, Td, Th, Tr } from "@/components/ui/table";
import { Age } from "@/components/ui/time";
import { ClusterReach, ClusterState, ProductionMark } from "./marks";
import { type ClusterRow, nodeCount } from "./words";

/** Azure's limit of role bindings on one cluster. */
const slotLimit = 8;

/** Clusters as rows: each leads to its page. */
export function ClusterTable({ items, busy = false }: { items: ClusterRow[]; busy?: boolean }) {
  const head = (
    <>
      <Th>Cluster</Th>
      <Th>State</Th>
      <Th>Region</Th>
      <Th>Subscription</Th>
      <Th>API server</Th>
      <Th>Kubernetes</Th>
      <Th end>Nodes</Th>
      <Th>Role bindings</Th>
      <Th end>Open requests</Th>
    </>
  );
  return (
    <Table label="Table of clusters" head={head} busy={busy} className="min-w-[66rem]">
      {items.map((cluster) => (
        <Tr key={cluster.id}>
          <Td className="min-w-40">
            <RowLink href={clusterPath(cluster.id) ?? "/clusters"}>{cluster.name}</RowLink>
            <p className="text-xs text-ink-3">{cluster.resourceGroup}</p>
          </Td>
          <Td>
            <span className="flex flex-col items-start gap-1">
              <ClusterState cluster={cluster} />
              {cluster.production && <ProductionMark />}
            </span>
          </Td>
          <Td>{cluster.location}</Td>
          <Td className="whitespace-nowrap">{cluster.subscriptionName}</Td>
          <Td>
            <ClusterReach cluster={cluster} />
          </Td>
          <Td className="num">{cluster.kubernetesVersion ?? "not known"}</Td>
          <Td end>{nodeCount(cluster)}</Td>
          <Td className="whitespace-nowrap">
            <SeenBindings cluster={cluster} />
          </Td>
          <Td end>{cluster.openRequests === 0 ? <span className="text-ink-3">0</span> : cluster.openRequests}</Td>
        </Tr>
      ))}
    </Table>
  );
}

/** What was last seen of the bindings; a cluster that nobody looked at has no number. */
function SeenBindings({ cluster: { bindingsSeen, bindingsSeenAt } }: { cluster: ClusterRow }) {
  if (bindingsSeen === null || bindingsSeenAt === null) return <span className="text-ink-3">nobody looked yet</span>;
  return (
    <>
      <SlotMeter used={bindingsSeen} limit={slotLimit} />
      <p>
        <Age iso={bindingsSeenAt} word="seen" />
      </p>
    </>
  );
}
