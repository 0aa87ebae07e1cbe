"use client";
import { Boxes } from "@/components/ui/icons";
import { useList } from "@/components/ui/list";
import { ResourceList } from "@/components/ui/resource-list";
import { ClusterTable } from "./cluster-table";
import { clusterFilters, clustersQuery } from "./queries";

/** Clusters over all subscriptions that this person can read, filtered by the address. */
export function ClusterList() {
  return (
    <ResourceList
      list={useList(clusterFilters, clustersQuery)}
      noun="cluster"
      path="/clusters"
      icon={Boxes}
      below="AKS clusters of every subscription that Azure lets you read."
      placeholder="Search names, regions, tags"
    >
      {({ items }, isBusy) => <ClusterTable items={items} busy={isBusy} />}
    </ResourceList>
  );
}
