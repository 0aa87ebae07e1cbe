import Link from "next/link";
import type { ReactNode } from "react";
import { PageHeader } from "@/components/ui/section";
import { Tabs } from "@/components/ui/tabs";
import type { ClusterAddress } from "./queries";

const parts = [
  ["", "Overview"],
  ["/pods", "Pods"],
  ["/access", "Access"],
  ["/network", "Network"],
] as const;
type Part = (typeof parts)[number][0];

/** Head of the pages of one cluster: its name, with marks beside it, and the ways to the other pages. */
export function ClusterHead({
  address,
  part,
  marks,
  actions,
}: {
  address: ClusterAddress;
  part: Part;
  marks?: ReactNode;
  actions?: ReactNode;
}) {
  const base = pathOf(address);
  return (
    <PageHeader
      above={
        <Link href="/clusters" className="text-brand-ink hover:underline">
          Clusters
        </Link>
      }
      title={
        <span className="flex flex-wrap items-center gap-2">
          {address.name}
          {part !== "" && <span className="font-normal text-ink-3">{parts.find(([path]) => path === part)?.[1].toLowerCase()}</span>}
          {marks}
        </span>
      }
      below={
        <Tabs
          label="Parts of the cluster"
          tabs={parts.map(([path, label]) => ({ href: `${base}${path}`, label, current: path === part }))}
        />
      }
      actions={actions}
    />
  );
}

/** Path of a cluster's page. */
export function pathOf({ subscription, group, name }: ClusterAddress): string {
  return `/clusters/${encodeURIComponent(subscription)}/${encodeURIComponent(group)}/${encodeURIComponent(name)}`;
}
