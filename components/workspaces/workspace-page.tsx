"use client";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { BindingTable } from "@/components/bindings/binding-table";
import { ComputeTable } from "@/components/clusters/compute-table";
import { AboutRequests, AboutRuns } from "@/components/clusters/history";
import { provisioningLook } from "@/components/clusters/words";
import { useMe } from "@/components/shell/me";
import { Badge } from "@/components/ui/badge";
import { Empty } from "@/components/ui/empty";
import { Failures } from "@/components/ui/failures";
import { FlaskConical } from "@/components/ui/icons";
import { NoAnswer } from "@/components/ui/no-answer";
import { Readable } from "@/components/ui/readable";
import { PageHeader, Section } from "@/components/ui/section";
import { Age } from "@/components/ui/time";
import { type WorkspaceAddress, type WorkspaceDetail, workspaceQuery } from "./queries";
import { WorkspaceFacts } from "./workspace-facts";

/** One workspace: what it is and rests on, the clusters attached to it, its access to clusters, and what was asked and done about it. */
export function WorkspacePage({ address }: { address: WorkspaceAddress }) {
  const query = useQuery(workspaceQuery(address));
  const { data } = query;
  return (
    <>
      <PageHeader
        above={
          <Link href="/workspaces" className="text-brand-ink hover:underline">
            Workspaces
          </Link>
        }
        title={
          <span className="flex flex-wrap items-center gap-2">
            {address.name}
            {data !== undefined && <State state={data.workspace.provisioningState} />}
          </span>
        }
        below={data?.workspace.friendlyName}
      />
      <NoAnswer query={query} rows={12} />
      {data !== undefined && <WorkspaceBody data={data} />}
    </>
  );
}

function State({ state }: { state: string }) {
  const { word, tone, icon, meaning } = provisioningLook(state);
  return (
    <Badge tone={tone} icon={icon} title={meaning}>
      {word}
    </Badge>
  );
}

function WorkspaceBody({ data: { workspace, at, computes, bindings, requests, runs } }: { data: WorkspaceDetail }) {
  const mayAsk = useMe()?.can.ask === true;
  return (
    <div className="grid gap-3 xl:grid-cols-3">
      <Section title="The workspace" className="xl:col-span-3" aside={<Age iso={at} />}>
        <WorkspaceFacts workspace={workspace} />
      </Section>
      <Section title="Computes" className="xl:col-span-3" flush aside={computes.state === "ok" && <Age iso={computes.at} />}>
        <Readable read={computes} what="its computes">
          {(items) =>
            items.length === 0 ? (
              <Empty icon={FlaskConical} title="No computes">
                Nothing is attached to this workspace.
              </Empty>
            ) : (
              <ComputeTable items={items} of="cluster" />
            )
          }
        </Readable>
      </Section>
      <div className="min-w-0 space-y-3 xl:col-span-3">
        <Failures failures={bindings.failures} what="clusters" />
        <Section title="Role bindings on clusters that you see" flush>
          {bindings.items.length === 0 ? (
            <p className="p-3 text-ink-3">It holds trusted access to none of them, as far as they could be read.</p>
          ) : (
            <BindingTable items={bindings.items} mayAsk={mayAsk} withCluster />
          )}
        </Section>
      </div>
      <Section title="Requests" className="xl:col-span-2" flush>
        <AboutRequests requests={requests} none="Nobody asked for anything about this workspace yet." />
      </Section>
      <Section title="Runs" flush>
        <AboutRuns runs={runs} none="No run was about this workspace yet." />
      </Section>
    </div>
  );
}
