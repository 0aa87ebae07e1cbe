"use client";
import { useQuery } from "@tanstack/react-query";
import { CloudCog, Link2, Plus } from "@/components/ui/icons";
import { BindingTable } from "@/components/bindings/binding-table";
import { requestPath } from "@/components/bindings/words";
import { deployPath } from "@/components/deployments/link";
import { useMe } from "@/components/shell/me";
import { LinkButton } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { SlotMeter } from "@/components/ui/meter";
import { NoAnswer } from "@/components/ui/no-answer";
import { Readable } from "@/components/ui/readable";
import { Section } from "@/components/ui/section";
import { Age } from "@/components/ui/time";
import { AzureMlSection } from "./azure-ml";
import { ClusterFacts } from "./cluster-facts";
import { ClusterHead } from "./cluster-head";
import { AboutRequests, AboutRuns } from "./history";
import { Locks } from "./locks";
import { ClusterState, ProductionMark } from "./marks";
import { NodePools } from "./node-pools";
import { type ClusterAddress, clusterQuery } from "./queries";
import type { ClusterDetail } from "./words";

/** One cluster: what it is, who holds access to it, what stops a change, and what was asked and done. */
export function ClusterPage({ address }: { address: ClusterAddress }) {
  const query = useQuery(clusterQuery(address));
  const { data } = query;
  const mayAsk = useMe()?.can.ask === true;
  const clusterId = data?.cluster.state === "ok" ? data.cluster.value.id : clusterIdOf(address);
  return (
    <>
      <ClusterHead
        address={address}
        part=""
        marks={
          data?.cluster.state === "ok" && (
            <>
              <ClusterState cluster={data.cluster.value} />
              {data.cluster.value.production && <ProductionMark />}
            </>
          )
        }
        actions={
          mayAsk && (
            <>
              <LinkButton icon={CloudCog} href={deployPath(clusterId)}>
                Deploy Azure ML
              </LinkButton>
              <LinkButton kind="primary" icon={Plus} href={requestPath({ kind: "binding-grant", clusterId })}>
                New role binding
              </LinkButton>
            </>
          )
        }
      />
      <NoAnswer query={query} rows={12} />
      {data !== undefined && <ClusterBody data={data} address={address} clusterId={clusterId} mayAsk={mayAsk} />}
    </>
  );
}

type BodyProps = { data: ClusterDetail; address: ClusterAddress; clusterId: string; mayAsk: boolean };

function ClusterBody({ data, address, clusterId, mayAsk }: BodyProps) {
  const { cluster, bindings, locks, slotsUsed, slotLimit, requests, runs } = data;
  const pools = cluster.state === "ok" ? cluster.value.nodePools : [];
  return (
    <div className="grid gap-3 xl:grid-cols-3">
      <Section
        title="The cluster"
        flush={cluster.state !== "ok"}
        className="xl:col-span-3"
        aside={cluster.state === "ok" && <Age iso={cluster.at} />}
      >
        <Readable read={cluster} what="this cluster">
          {(value) => <ClusterFacts cluster={value} />}
        </Readable>
      </Section>
      <div id="bindings" className="min-w-0 scroll-mt-16 xl:col-span-3">
        <Section title="Role bindings" flush aside={<BindingsAside read={bindings} slots={{ used: slotsUsed, limit: slotLimit }} />}>
          <Readable read={bindings} what="its role bindings">
            {(rows) =>
              rows.length === 0 ? <NoBindings clusterId={clusterId} mayAsk={mayAsk} /> : <BindingTable items={rows} mayAsk={mayAsk} />
            }
          </Readable>
        </Section>
      </div>
      {cluster.state === "ok" && <AzureMlSection address={address} clusterId={clusterId} />}
      {pools.length > 0 && (
        <Section title="Node pools" className="xl:col-span-2" flush aside={pools.length === 1 ? "1 pool" : `${pools.length} pools`}>
          <NodePools pools={pools} />
        </Section>
      )}
      <Section title="Locks" flush={locks.state !== "ok"} aside={locks.state === "ok" && <Age iso={locks.at} />}>
        <Readable read={locks} what="the locks">
          {(value) => <Locks locks={value} />}
        </Readable>
      </Section>
      <Section title="Requests" className="xl:col-span-2" flush>
        <AboutRequests requests={requests} none="Nobody asked for anything on this cluster yet." />
      </Section>
      <Section title="Runs" flush>
        <AboutRuns runs={runs} none="No run has changed this cluster yet." />
      </Section>
    </div>
  );
}

function BindingsAside({ read, slots }: { read: ClusterDetail["bindings"]; slots: { used: number | null; limit: number } }) {
  return (
    <>
      <SlotMeter used={slots.used} limit={slots.limit} />
      {read.state === "ok" && <Age iso={read.at} />}
    </>
  );
}

function NoBindings({ clusterId, mayAsk }: { clusterId: string; mayAsk: boolean }) {
  return (
    <Empty
      icon={Link2}
      title="No role bindings"
      action={mayAsk && <LinkButton href={requestPath({ kind: "binding-grant", clusterId })}>Ask for one</LinkButton>}
    >
      No resource holds trusted access to this cluster.
    </Empty>
  );
}

/** The id that an address stands for; the server answers with the one that Azure wrote. */
function clusterIdOf({ subscription, group, name }: ClusterAddress): string {
  return `/subscriptions/${subscription}/resourceGroups/${group}/providers/Microsoft.ContainerService/managedClusters/${name}`;
}
