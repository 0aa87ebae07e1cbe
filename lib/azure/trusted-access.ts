import { ContainerServiceClient } from "@azure/arm-containerservice";
import { z } from "zod";
import { BinderyError } from "@/lib/kernel/errors";
import { parseResourceId } from "@/lib/kernel/resource-id";
import type { Rule } from "@/lib/roles/rules";
import { deadlines } from "./call";
import { type Arm, callArm } from "./pipeline";
import { readable } from "./readable";
import type { AzureCaller, Readable, RoleBinding, RoleCatalogue } from "./types";

/** Stable since 2023-09-01; this one is offered in every region of the public cloud (Azure/bicep-types-az, containerservice). */
export const bindingApiVersion = "2025-10-01";

/** ARM's answer to a write that it took. `operationUrl`: the address to poll, as ARM wrote it; null when there is nothing to wait for. */
export type AcceptedWrite = { status: number; operationUrl: string | null };

const clientOf = (arm: Arm, subscriptionId: string): ContainerServiceClient =>
  new ContainerServiceClient(arm.credential, subscriptionId, { ...arm.options, apiVersion: bindingApiVersion });

const ClusterParts = z.object({
  subscriptionId: z.string(),
  resourceGroup: z.string(),
  type: z.string().regex(/^Microsoft\.ContainerService\/managedClusters$/i),
  name: z.string(),
});

/** Subscription, resource group and name of a cluster's id. Throws `invalid_input` for the id of anything else. */
export function clusterPartsOf(clusterId: string): { subscriptionId: string; resourceGroup: string; name: string } {
  const parts = ClusterParts.safeParse(parseResourceId(clusterId));
  if (!parts.success) throw new BinderyError("invalid_input", `${clusterId} is not the id of a managed cluster.`);
  return parts.data;
}

function bindingPartsOf(bindingId: string): { subscriptionId: string; resourceGroup: string; cluster: string; name: string } {
  const { parentId, name } = parseResourceId(bindingId);
  const cluster = clusterPartsOf(parentId ?? "");
  return { subscriptionId: cluster.subscriptionId, resourceGroup: cluster.resourceGroup, cluster: cluster.name, name };
}

/** All role bindings of a cluster, by name. */
export async function listRoleBindings(caller: AzureCaller, clusterId: string): Promise<Readable<RoleBinding[]>> {
  const { subscriptionId, resourceGroup, name } = clusterPartsOf(clusterId);
  return readable(() =>
    callArm(caller, async (arm) => {
      const bindings: RoleBinding[] = [];
      for await (const item of clientOf(arm, subscriptionId).trustedAccessRoleBindings.list(resourceGroup, name))
        bindings.push(bindingOf(item));
      return bindings.sort((a, b) => a.name.localeCompare(b.name));
    }),
  );
}

/** One role binding. `absent` is a proven 404. */
export async function getRoleBinding(caller: AzureCaller, bindingId: string): Promise<Readable<RoleBinding>> {
  const { subscriptionId, resourceGroup, cluster, name } = bindingPartsOf(bindingId);
  return readable(() =>
    callArm(caller, async (arm) =>
      bindingOf(await clientOf(arm, subscriptionId).trustedAccessRoleBindings.get(resourceGroup, cluster, name)),
    ),
  );
}

/**
 * Creates or replaces a role binding and gives back as soon as ARM took it. The caller must carry this very write as `plannedWrite`.
 * Sent once: an answer that never came is `azure_unavailable`, and what happened must be read back.
 */
export async function putRoleBinding(
  caller: AzureCaller,
  bindingId: string,
  properties: { sourceResourceId: string; roles: string[] },
): Promise<AcceptedWrite> {
  const { subscriptionId, resourceGroup, cluster, name } = bindingPartsOf(bindingId);
  return submit(caller, (arm) =>
    clientOf(arm, subscriptionId).trustedAccessRoleBindings.createOrUpdate(resourceGroup, cluster, name, properties),
  );
}

/** Deletes a role binding and gives back as soon as ARM took it; 204 means that there was none. Otherwise like `putRoleBinding`. */
export async function deleteRoleBinding(caller: AzureCaller, bindingId: string): Promise<AcceptedWrite> {
  const { subscriptionId, resourceGroup, cluster, name } = bindingPartsOf(bindingId);
  return submit(caller, (arm) => clientOf(arm, subscriptionId).trustedAccessRoleBindings.delete(resourceGroup, cluster, name));
}

async function submit(caller: AzureCaller, start: (arm: Arm) => { submitted(): Promise<void> }): Promise<AcceptedWrite> {
  return callArm(
    caller,
    async (arm) => {
      // The poller is never awaited itself, only its first request: polling is a durable step of the run.
      const poller = start(arm);
      await poller.submitted().catch((error: unknown) => {
        // The poller also fails on an accepted answer that it cannot follow; ARM has taken the write then.
        if (arm.call.last === null || arm.call.last.status >= 300) throw error;
      });
      const { status, headers } = arm.call.last as NonNullable<typeof arm.call.last>;
      return { status, operationUrl: headers.get("azure-asyncoperation") ?? headers.get("location") ?? null };
    },
    deadlines.write,
  );
}

/** The trusted access roles of a subscription and region, live: the list differs between subscriptions, regions and times. */
export async function readCatalogue(caller: AzureCaller, subscriptionId: string, location: string): Promise<Readable<RoleCatalogue>> {
  return readable(() =>
    callArm(caller, async (arm) => {
      const roles: RoleCatalogue["roles"] = [];
      for await (const role of clientOf(arm, subscriptionId).trustedAccessRoles.list(location)) {
        if (role.name !== undefined && role.sourceResourceType !== undefined)
          roles.push({ sourceResourceType: role.sourceResourceType, name: role.name, rules: (role.rules ?? []).map(ruleOf) });
      }
      return { subscriptionId, location, roles };
    }),
  );
}

/** Azure leaves empty lists out. */
function ruleOf(rule: Partial<Rule>): Rule {
  return {
    verbs: rule.verbs ?? [],
    apiGroups: rule.apiGroups ?? [],
    resources: rule.resources ?? [],
    resourceNames: rule.resourceNames ?? [],
    nonResourceURLs: rule.nonResourceURLs ?? [],
  };
}

function bindingOf(item: {
  id?: string;
  name?: string;
  sourceResourceId: string;
  roles: string[];
  provisioningState?: string;
}): RoleBinding {
  if (item.id === undefined || item.name === undefined) throw new TypeError("A role binding without id or name.");
  return {
    id: item.id,
    name: item.name,
    sourceResourceId: item.sourceResourceId,
    roles: item.roles,
    provisioningState: item.provisioningState ?? "Succeeded",
  };
}
