/** Labels of the forms' fields, by the path in the body that the server names. */
const labels: Record<string, string> = {
  kind: "Kind",
  clusterId: "Cluster",
  clusterIds: "Cluster",
  name: "Binding",
  sourceResourceId: "Source resource",
  roles: "Trusted access roles",
  hours: "How long",
  reason: "Reason",
  ticket: "Ticket",
  workspace: "Workspace",
  "workspace.id": "Workspace",
  workspaceId: "Workspace",
  "workspace.name": "Name of the workspace",
  "workspace.resourceGroup": "Resource group",
  "workspace.location": "Region",
  extension: "The extension",
  "extension.name": "Name of the extension",
  "extension.version": "Version",
  "extension.releaseTrain": "Release train",
  "compute.name": "Name of the compute",
  "compute.namespace": "Namespace",
  "compute.identity": "Identity of the compute",
  "compute.identity.id": "Identity of the compute",
  binding: "Role binding",
  bindingName: "Name of the binding",
  computes: "Computes",
  network: "Authorized ranges",
  scope: "Ranges that count",
  addMissing: "Azure ML",
  extra: "Further addresses",
  remove: "Entries to take out",
};

/** What a person calls the field of a path: `Name of the compute` of `compute.name`; of a setting its own key. */
export function fieldLabel(path: string): string {
  const setting = /^extension\.(?:settings|protected)\.(.+)$/.exec(path)?.[1];
  const [first = path] = path.split(".");
  return setting ?? labels[path] ?? labels[first] ?? path;
}
