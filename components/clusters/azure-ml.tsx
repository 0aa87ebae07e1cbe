"use client";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { usePathname, useSearchParams } from "next/navigation";
import { removeExtensionPath } from "@/components/deployments/link";
import { useMe } from "@/components/shell/me";
import { ArmId } from "@/components/ui/arm-id";
import { Badge } from "@/components/ui/badge";
import { LinkButton } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { Facts, Nothing } from "@/components/ui/facts";
import { Failures } from "@/components/ui/failures";
import { Fold } from "@/components/ui/fold";
import { Boxes, Plus, Undo2 } from "@/components/ui/icons";
import { NoAnswer } from "@/components/ui/no-answer";
import { Readable } from "@/components/ui/readable";
import { Section } from "@/components/ui/section";
import { Age, Time } from "@/components/ui/time";
import { ComputeTable } from "./compute-table";
import { Diagnoses } from "./diagnoses";
import { ExtensionPods } from "./extension-pods";
import { azureMlQuery, type ClusterAddress } from "./queries";
import { WayNotice } from "./way";
import { type AzureMl, provisioningLook } from "./words";

type Extension = Extract<AzureMl["extensions"], { state: "ok" }>["value"][number];

/** Azure ML on a cluster: the extension, its pods against what is expected, and the computes; with the ways to deploy it and to take it down. */
export function AzureMlSection({ address, clusterId }: { address: ClusterAddress; clusterId: string }) {
  const via = useSearchParams().get("via") === "run-command" ? "run-command" : "direct";
  const path = usePathname();
  const query = useQuery(azureMlQuery(address, via));
  const { data } = query;
  const mayAsk = useMe()?.can.ask === true;
  return (
    <Section
      title="Azure ML"
      flush
      className="xl:col-span-3"
      aside={
        <>
          {data?.extensions.state === "ok" && <Age iso={data.extensions.at} />}
          {mayAsk && data !== undefined && <Ways data={data} clusterId={clusterId} />}
        </>
      }
    >
      <NoAnswer query={query} rows={4} />
      {data !== undefined && (
        <div className="divide-y divide-line">
          <Readable read={data.extensions} what="the cluster's extensions" absent={<NoExtension />}>
            {(extensions) =>
              extensions.length === 0 ? (
                <NoExtension />
              ) : (
                extensions.map((one) => <ExtensionFacts key={one.id} extension={one} clusterId={clusterId} mayAsk={mayAsk} />)
              )
            }
          </Readable>
          <div className="space-y-3 p-3">
            <h3 className="font-semibold">Pods of the extension</h3>
            <WayNotice
              way={data.way}
              what="workload"
              address={address}
              isRead={data.pods?.state === "ok"}
              directHref={path}
              commandHref={`${path}?via=run-command`}
            />
            {data.pods !== null && (
              <Readable read={data.pods} what="the pods of the extension">
                {(pods) => <ExtensionPods pods={pods} />}
              </Readable>
            )}
          </div>
          <Computes computes={data.computes} />
        </div>
      )}
    </Section>
  );
}

function Ways({ data: { computes, extensions }, clusterId }: { data: AzureMl; clusterId: string }) {
  const workspaces = [...new Set(computes.items.map(({ workspaceId }) => workspaceId))];
  const there = workspaces.length > 0 || (extensions.state === "ok" && extensions.value.length > 0);
  const to = (query: Record<string, string>): string => `/deployments/new?${new URLSearchParams({ ...query, cluster: clusterId })}`;
  const [first] = workspaces;
  // Attached to nothing, only the extension can go.
  const only: Record<string, string> = first === undefined ? { extension: "delete" } : workspaces.length === 1 ? { workspace: first } : {};
  return (
    <>
      <LinkButton size="sm" icon={Plus} href={to({})}>
        Deploy Azure ML
      </LinkButton>
      {there && (
        <LinkButton size="sm" icon={Undo2} href={to({ kind: "ml-teardown", ...only })}>
          Take it down
        </LinkButton>
      )}
    </>
  );
}

function NoExtension() {
  return (
    <Empty icon={Boxes} title="Azure ML is not installed">
      The cluster has no extension of type Microsoft.AzureML.Kubernetes.
    </Empty>
  );
}

function ExtensionFacts({ extension, clusterId, mayAsk }: { extension: Extension; clusterId: string; mayAsk: boolean }) {
  const { word, tone, icon, meaning } = provisioningLook(extension.provisioningState);
  const settings = Object.entries(extension.settings);
  return (
    <div className="space-y-2.5 p-3">
      <Facts
        columns={3}
        items={[
          ["Extension", <ArmId key="id" id={extension.id} what="extension id" />],
          [
            "State",
            <Badge key="state" tone={tone} icon={icon} title={meaning}>
              {word}
            </Badge>,
          ],
          ["Version", extension.currentVersion ?? <Nothing>not known</Nothing>],
          ["Release train", extension.releaseTrain ?? <Nothing>not known</Nothing>],
          ["Upgrades", extension.autoUpgrade ? "minor versions by themselves" : "by hand"],
        ]}
      />
      <Diagnoses diagnoses={extension.diagnosis} />
      {extension.diagnosis.length > 0 && mayAsk && (
        <p>
          A failed extension is mended by deleting it and installing it anew:{" "}
          <Link href={removeExtensionPath(clusterId)} className="text-brand-ink hover:underline">
            take it down
          </Link>
          .
        </p>
      )}
      {extension.error !== null && (
        <Fold summary="Azure’s whole message">
          <p className="font-mono text-xs break-words">
            {extension.error.code}: {extension.error.message}
          </p>
        </Fold>
      )}
      {extension.statuses.length > 0 && (
        <ul aria-label="Statuses of the extension" className="space-y-1">
          {extension.statuses.map((status) => (
            <li key={`${status.code} ${status.time} ${status.message}`} className="break-words text-ink-2">
              <span className="font-medium text-ink">{status.displayStatus ?? status.code ?? status.level}</span> {status.message}{" "}
              {status.time !== null && (
                <span className="text-xs text-ink-3">
                  <Time iso={status.time} />
                </span>
              )}
            </li>
          ))}
        </ul>
      )}
      {settings.length > 0 && (
        <Fold summary={`Settings (${settings.length})`}>
          <ul className="grid gap-x-6 font-mono text-xs md:grid-cols-2">
            {settings.map(([key, value]) => (
              <li key={key} className="break-words">
                {key}={value}
              </li>
            ))}
          </ul>
        </Fold>
      )}
    </div>
  );
}

function Computes({ computes: { items, failures, at } }: { computes: AzureMl["computes"] }) {
  return (
    <div>
      <div className="flex items-center justify-between px-3 pt-3">
        <h3 className="font-semibold">Computes on this cluster</h3>
        <Age iso={at} />
      </div>
      {failures.length > 0 && (
        <div className="p-3">
          <Failures failures={failures} what="workspaces" />
        </div>
      )}
      {items.length > 0 ? (
        <ComputeTable items={items} of="workspace" />
      ) : (
        <p className="p-3 text-ink-3">
          {failures.length > 0
            ? "None among the workspaces that could be read."
            : "No workspace that Azure shows you has this cluster attached."}
        </p>
      )}
    </div>
  );
}
