import type { RequestBody } from "@/components/requests/shapes";

export type DeployBody = Extract<RequestBody, { kind: "ml-deploy" }>;
export type TeardownBody = Extract<RequestBody, { kind: "ml-teardown" }>;

/** Names of everything plain that a link may fill the form in with. */
export const linkNames = [
  "kind",
  "cluster",
  "workspace",
  "newWorkspace",
  "group",
  "region",
  "extension",
  "compute",
  "namespace",
  "identity",
  "role",
  "binding",
  "ranges",
  "computes",
  "reason",
  "ticket",
] as const;
export type LinkQuery = Partial<Record<(typeof linkNames)[number], string>>;

/** The protected settings that are given as files, in the certificate's own field. */
export const certificateKeys: readonly string[] = ["sslCertPemFile", "sslKeyPemFile"];
export const isOfCertificate = (key: string): boolean => certificateKeys.includes(key);

/**
 * Where the form opens filled in with this request, to be sent again or changed. Of protected settings it has the keys: their values serve one
 * request alone, and are entered anew.
 */
export function deploymentLink(input: DeployBody | TeardownBody): string {
  const query = input.kind === "ml-deploy" ? ofDeploy(input) : ofTeardown(input);
  const given = Object.entries(query).filter((pair): pair is [string, string] => pair[1] !== undefined && pair[1] !== "");
  return `/deployments/new?${new URLSearchParams(given)}`;
}

/** The form for one cluster, with nothing else filled in. */
export const deployPath = (clusterId: string): string => `/deployments/new?${new URLSearchParams({ cluster: clusterId })}`;

/** The form that takes the extension alone off a cluster, where no workspace uses it. */
export const removeExtensionPath = (clusterId: string): string =>
  `/deployments/new?${new URLSearchParams({ kind: "ml-teardown", cluster: clusterId, extension: "delete" })}`;

function ofDeploy({ clusterId, workspace, extension, compute, binding, bindingName, network, reason, ticket }: DeployBody): LinkQuery {
  return {
    cluster: clusterId,
    ...(workspace.use === "existing"
      ? { workspace: workspace.id }
      : { newWorkspace: workspace.name, group: workspace.resourceGroup, region: workspace.location }),
    extension: extension === "present" ? extension : JSON.stringify({ ...extension, protected: namesOf(extension) }),
    compute: compute.name,
    namespace: compute.namespace,
    identity: compute.identity?.type === "UserAssigned" ? compute.identity.id : undefined,
    role: binding === "made-by-attach" ? "attach" : binding?.role,
    binding: bindingName,
    ranges: network === "leave" ? network : undefined,
    reason,
    ticket,
  };
}

/** Certificate and key are left out: the form asks for them where HTTPS does. */
function namesOf({ protected: kept }: Exclude<DeployBody["extension"], "present">): string[] | undefined {
  const names = Object.keys(kept).filter((key) => !isOfCertificate(key));
  return names.length === 0 ? undefined : names;
}

function ofTeardown({ kind, clusterId, workspaceId, computes, extension, reason, ticket }: TeardownBody): LinkQuery {
  return {
    kind,
    cluster: clusterId,
    workspace: workspaceId ?? undefined,
    computes: computes === "all" ? computes : computes.join(","),
    extension,
    reason,
    ticket,
  };
}
