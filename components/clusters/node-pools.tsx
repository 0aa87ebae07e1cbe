import { Table, Td, Th, Tr } from "@/components/ui/table";
import type { ClusterRow } from "./words";

/** The node pools of a cluster. */
export function NodePools({ pools }: { pools: ClusterRow["nodePools"] }) {
  const head = (
    <>
      <Th>Pool</Th>
      <Th>Mode</Th>
      <Th>Size</Th>
      <Th end>Nodes</Th>
      <Th>Autoscale</Th>
      <Th>Power</Th>
      <Th>Kubernetes</Th>
    </>
  );
  return (
    <Table label="Table of node pools" head={head} className="md:min-w-[36rem]">
      {pools.map((pool) => (
        <Tr key={pool.name}>
          <Td className="font-medium">{pool.name}</Td>
          <Td beside>{pool.mode}</Td>
          <Td beside className="font-mono text-xs leading-5">
            {pool.vmSize}
          </Td>
          <Td beside label="Nodes" end>
            {pool.count}
          </Td>
          <Td beside label="Autoscale" className="num">
            {pool.minCount === null || pool.maxCount === null ? "off" : `${pool.minCount} to ${pool.maxCount}`}
          </Td>
          <Td beside>{pool.powerState ?? "not known"}</Td>
          <Td beside label="Kubernetes" className="num">
            {pool.kubernetesVersion ?? "not known"}
          </Td>
        </Tr>
      ))}
    </Table>
  );
}
