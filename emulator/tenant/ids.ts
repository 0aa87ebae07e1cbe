import { createHash } from "node:crypto";

/** The tenant, its one application and the audiences of its services. Fixed, so that links and tests keep their meaning. */
export const tenantId = "7b1f0c52-6f4e-4d6b-9a57-3c0d5c1e8f20";
export const clientId = "c3a9d6de-2b57-4f0b-8a43-5d1b7f9e6a10";
export const armAudience = "https://management.bindery.local";
/** The application id of the AKS server application, the same in every cloud. */
export const kubernetesAudience = "6dae42f8-4368-4678-94ff-3960e28e3630";
export const graphAudience = "00000003-0000-0000-c000-000000000000";

export const subscriptionIds = {
  dev: "1d3f5a70-0c4e-4b8e-9f11-6a2c7e5b0d01",
  prod: "2e406b81-1d5f-4c9f-8a22-7b3d8f6c1e02",
  data: "3f517c92-2e60-4da0-9b33-8c4e907d2f03",
} as const;

/** A GUID that a name always gives. */
export function guidOf(name: string): string {
  const hex = createHash("sha256").update(name).digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** 24 hexadecimal digits that a name always gives, as AKS writes `resourceUID`. */
export function uidOf(name: string): string {
  return createHash("sha256").update(`uid:${name}`).digest("hex").slice(0, 24);
}

/** The id of a resource group. */
export function groupId(subscriptionId: string, group: string): string {
  return `/subscriptions/${subscriptionId}/resourceGroups/${group}`;
}

/** The id of a managed cluster. */
export function clusterId(subscriptionId: string, group: string, name: string): string {
  return `${groupId(subscriptionId, group)}/providers/Microsoft.ContainerService/managedClusters/${name}`;
}

/** The id of an Azure Machine Learning workspace. */
export function workspaceId(subscriptionId: string, group: string, name: string): string {
  return `${groupId(subscriptionId, group)}/providers/Microsoft.MachineLearningServices/workspaces/${name}`;
}

/** How two ids are compared: ARM ids have no case. */
export function keyOf(id: string): string {
  return id.toLowerCase().replace(/\/+$/, "");
}
