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
      <Th>API server</Th>
      <Th>Region</Th>
      <Th>Subscription</Th>
      <Th>Kubernetes</Th>
      <Th end>Nodes</Th>
      <Th>Role bindings</Th>
      <Th end>Open requests</Th>
    </>
  );
  return (
    <Table label="Table of clusters" head={head} busy={busy} className="md:min-w-[66rem]">
      {items.map((cluster) => (
        <Tr key={cluster.id}>
          <Td className="min-w-40">
            <RowLink href={clusterPath(cluster.id) ?? "/clusters"}>{cluster.name}</RowLink>
            <p className="text-xs text-ink-3">{cluster.resourceGroup}</p>
          </Td>
          <Td beside>
            <span className="flex items-start gap-1 md:flex-col">
              <ClusterState cluster={cluster} />
              {cluster.production && <ProductionMark />}
            </span>
          </Td>
          <Td beside>
            <ClusterReach cluster={cluster} />
          </Td>
          <Td beside>{cluster.location}</Td>
          <Td beside className="whitespace-nowrap">
            {cluster.subscriptionName}
          </Td>
          <Td beside label="Kubernetes" className="num">
            {cluster.kubernetesVersion ?? "not known"}
          </Td>
          <Td beside label="Nodes" end>
            {nodeCount(cluster)}
          </Td>
          <Td className="whitespace-nowrap max-md:order-1">
            <SeenBindings cluster={cluster} />
          </Td>
          <Td beside label="Open requests" end>
            {cluster.openRequests === 0 ? <span className="text-ink-3">0</span> : cluster.openRequests}
          </Td>
        </Tr>
      ))}
    </Table>
  );
}

/** What was last seen of the bindings; a cluster that nobody looked at has no number. */
function SeenBindings({ cluster: { bindingsSeen, bindingsSeenAt } }: { cluster: ClusterRow }) {
  if (bindingsSeen === null || bindingsSeenAt === null) return <span className="text-ink-3">nobody looked yet</span>;
  return (
    <span className="flex flex-wrap gap-x-2 md:flex-col">
      <SlotMeter used={bindingsSeen} limit={slotLimit} />
      <Age iso={bindingsSeenAt} word="seen" />
    </span>
  );
}
