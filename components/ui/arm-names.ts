/** The parts of an ARM id that people read; texts as Azure wrote them. For showing only: nothing is decided on them. */
export function armNames(id: string): { name: string; type: string; group: string | null; subscription: string | null } {
  const parts = id.split("/").filter((part) => part !== "");
  const after = (word: string): string | null => {
    const index = parts.findIndex((part) => part.toLowerCase() === word);
    return index < 0 ? null : (parts[index + 1] ?? null);
  };
  const provider = parts.map((part) => part.toLowerCase()).lastIndexOf("providers");
  const types = provider < 0 ? [] : parts.slice(provider + 2).filter((_, index) => index % 2 === 0);
  const namespace = provider < 0 ? null : parts[provider + 1];
  return {
    name: parts.at(-1) ?? id,
    type: namespace === null ? "" : [namespace, ...types].join("/"),
    group: after("resourcegroups"),
    subscription: after("subscriptions"),
  };
}

/** The short name of a trusted access role: `mlworkload` of `Microsoft.MachineLearningServices/workspaces/mlworkload`. */
export function roleName(fullName: string): string {
  return fullName.slice(fullName.lastIndexOf("/") + 1);
}

/** The source type of a trusted access role: what stands before its short name. */
export function roleSourceType(fullName: string): string {
  return fullName.slice(0, Math.max(0, fullName.lastIndexOf("/")));
}

/** True when a role may be offered for a source of this type: the role's type is the source's or its beginning. */
export function roleFits(fullName: string, sourceType: string): boolean {
  const roleType = roleSourceType(fullName).toLowerCase();
  const type = sourceType.toLowerCase();
  return type === roleType || type.startsWith(`${roleType}/`);
}

/** Page of a cluster by its ARM id; null when the id is not of a cluster. */
export function clusterPath(id: string): string | null {
  const { name, group, subscription, type } = armNames(id);
  if (type.toLowerCase() !== "microsoft.containerservice/managedclusters" || group === null || subscription === null) return null;
  return `/clusters/${encodeURIComponent(subscription)}/${encodeURIComponent(group)}/${encodeURIComponent(name)}`;
}

/** Page of a workspace by its ARM id; null when the id is not of a machine learning workspace. */
export function workspacePath(id: string): string | null {
  const { name, group, subscription, type } = armNames(id);
  if (type.toLowerCase() !== "microsoft.machinelearningservices/workspaces" || group === null || subscription === null) return null;
  return `/workspaces/${encodeURIComponent(subscription)}/${encodeURIComponent(group)}/${encodeURIComponent(name)}`;
}
