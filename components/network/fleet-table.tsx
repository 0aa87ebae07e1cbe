import { ProductionMark } from "@/components/clusters/marks";
import { mostClusters } from "@/lib/requests/batch/limits";
import { clusterPath } from "@/components/ui/arm-names";
import { Badge } from "@/components/ui/badge";
import { RowLink, Table, Td, Th, Tr } from "@/components/ui/table";
import { type FleetCluster, isAskable } from "./chosen-clusters";
import { hasCluster } from "./several-draft";
import { coverageLooks } from "./words";

type TableProps = {
  items: FleetCluster[];
  busy: boolean;
  /** Null: this person may not ask. */
  chosen: readonly string[] | null;
  onChoose: (id: string, isIn: boolean) => void;
};

/** Clusters as rows: each leads to its network page. */
export function FleetTable({ items, busy, chosen, onChoose }: TableProps) {
  const head = (
    <>
      <Th>Cluster</Th>
      <Th>Azure ML</Th>
      <Th end>Lacking</Th>
      <Th end>Entries</Th>
      <Th>Region</Th>
      <Th>Subscription</Th>
      <Th>Workspaces</Th>
    </>
  );
  return (
    <Table label="Table of clusters" head={head} busy={busy} className="md:min-w-[60rem]">
      {items.map((cluster) => (
        <FleetRow
          key={cluster.id}
          cluster={cluster}
          chosen={chosen === null ? null : hasCluster(chosen, cluster.id)}
          isFull={chosen !== null && chosen.length >= mostClusters}
          onChoose={(isIn) => onChoose(cluster.id, isIn)}
        />
      ))}
    </Table>
  );
}

type RowProps = { cluster: FleetCluster; chosen: boolean | null; isFull: boolean; onChoose: (isIn: boolean) => void };

function FleetRow({ cluster, chosen, isFull, onChoose }: RowProps) {
  const { tone, icon, word } = coverageLooks[cluster.state];
  return (
    <Tr>
      <Td className="min-w-48">
        <span className="flex items-start gap-2.5">
          {chosen !== null && (
            <span className="w-4 shrink-0">
              {(isAskable(cluster) || chosen) && (
                <input
                  type="checkbox"
                  aria-label={`Choose ${cluster.name}`}
                  checked={chosen}
                  disabled={isFull && !chosen}
                  onChange={(event) => onChoose(event.target.checked)}
                  className="relative z-10 mt-0.5 size-4 accent-brand"
                />
              )}
            </span>
          )}
          <span className="min-w-0">
            <RowLink href={`${clusterPath(cluster.id) ?? "/clusters"}/network`}>{cluster.name}</RowLink>
            <span className="block text-xs text-ink-3">{cluster.resourceGroup}</span>
          </span>
        </span>
      </Td>
      <Td beside>
        <span className="flex items-start gap-1 md:flex-col">
          <Badge tone={tone} icon={icon} title={cluster.reason}>
            {word}
          </Badge>
          {cluster.production && <ProductionMark />}
        </span>
      </Td>
      <Td beside label="Lacking" end className="whitespace-nowrap">
        {cluster.lacking === 0 ? <span className="text-ink-3">0</span> : `${cluster.lacking} of ${cluster.counted}`}
      </Td>
      <Td beside label="Entries" end>
        {cluster.entries === 0 ? <span className="text-ink-3">none</span> : cluster.entries}
      </Td>
      <Td beside label="Region">
        {cluster.location}
      </Td>
      <Td beside className="whitespace-nowrap">
        {cluster.subscriptionName}
      </Td>
      <Td label="Workspaces">
        {cluster.workspaces.length === 0 ? (
          <span className="text-ink-3">none seen</span>
        ) : (
          cluster.workspaces.map(({ name, isFallback }) => `${name}${isFallback ? " (by its binding)" : ""}`).join(", ")
        )}
      </Td>
    </Tr>
  );
}
