import Link from "next/link";
import { ArmId } from "@/components/ui/arm-id";
import { clusterPath, workspacePath } from "@/components/ui/arm-names";
import { Badge } from "@/components/ui/badge";
import { Nothing } from "@/components/ui/facts";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { Diagnoses } from "./diagnoses";
import { type AzureMl, provisioningLook } from "./words";

type Compute = AzureMl["computes"]["items"][number];

/** Computes as rows. `of`: on a cluster's page the workspace is told, on a workspace's page the cluster. */
export function ComputeTable({ items, of }: { items: Compute[]; of: "workspace" | "cluster" }) {
  const head = (
    <>
      <Th>Compute</Th>
      <Th>{of === "workspace" ? "Workspace" : "What it is"}</Th>
      <Th>Namespace</Th>
      <Th>State</Th>
    </>
  );
  return (
    <Table label="Table of computes" head={head} className="md:min-w-[40rem]">
      {items.map((compute) => (
        <Tr key={compute.id}>
          <Td className="font-medium">
            <ArmId id={compute.id} what="compute id" />
          </Td>
          <Td beside>
            <Other compute={compute} of={of} />
          </Td>
          <Td beside label="Namespace">
            {compute.namespace ?? <Nothing />}
          </Td>
          <Td className="md:w-1/2">
            <ComputeState compute={compute} />
          </Td>
        </Tr>
      ))}
    </Table>
  );
}

function Other({ compute, of }: { compute: Compute; of: "workspace" | "cluster" }) {
  const id = of === "workspace" ? compute.workspaceId : compute.resourceId;
  if (id === null) return <>{compute.computeType}</>;
  const path = of === "workspace" ? workspacePath(id) : clusterPath(id);
  if (path === null) return <ArmId id={id} what="resource id" />;
  return (
    <Link href={path} className="text-brand-ink hover:underline">
      {of === "workspace" ? compute.workspaceName : id.slice(id.lastIndexOf("/") + 1)}
    </Link>
  );
}

function ComputeState({ compute: { provisioningState, errors, diagnosis } }: { compute: Compute }) {
  const { word, tone, icon, meaning } = provisioningLook(provisioningState);
  return (
    <div className="space-y-1.5">
      <Badge tone={tone} icon={icon} title={meaning}>
        {word}
      </Badge>
      {errors.map(({ code, message }) => (
        <p key={`${code} ${message}`} className="break-words text-ink-2">
          <code className="font-mono text-xs">{code}</code> {message}
        </p>
      ))}
      <Diagnoses diagnoses={diagnosis} />
    </div>
  );
}
