import { listPermissions, listRolesOf } from "@/lib/azure/access";
import { getCluster } from "@/lib/azure/clusters";
import { listComputes } from "@/lib/azure/computes";
import { listExtensions } from "@/lib/azure/extensions";
import { listLocks } from "@/lib/azure/locks";
import { listProviders } from "@/lib/azure/providers";
import { mapReadable, noneRead } from "@/lib/azure/readable";
import { getSource } from "@/lib/azure/sources";
import type { AzureCaller, Cluster, Readable } from "@/lib/azure/types";
import type { ProviderRegistration } from "@/lib/azure/deployment-types";
import { lookAtBindings } from "@/lib/bindings/look";
import { approvedOn } from "@/lib/bindings/store";
import { now } from "@/lib/kernel/clock";
import { gatherList } from "@/lib/network/authorize/gather";
import { resourceGroupIdOf, subscriptionOf } from "@/lib/kernel/resource-id";
import { readAndKeep } from "@/lib/roles/catalogue";
import { latestSnapshot } from "@/lib/roles/store";
import { missingProviders, neededProviders } from "../preflight/providers";
import { certificateAmong, keptValues } from "../protected-store";
import type { DeployInput } from "../schema";
import { kubernetesVersionsFor } from "../kubernetes-versions";
import { lookIntoCluster } from "./cluster-look";
import type { DeployFacts } from "./facts";
import { workspaceIdOf } from "../preflight/input";

const absent = { state: "absent" } as const;
const extensionProvider = "Microsoft.KubernetesConfiguration";
const workspaceProvider = "Microsoft.MachineLearningServices";

/**
 * Reads everything that planning a deployment rests on, with one person's token and all at once; at most twelve calls to ARM, and one more for a
 * workspace with a user-assigned identity when the region's versions are asked for the first time; some more where the API server has authorized
 * ranges that may lack those of Azure ML. What that token cannot read is told as such;
 * nothing is guessed. `owner`: whoever entered the protected values; `rested`: an approved plan rests on the list of authorized ranges, which is then
 * read whatever became of it.
 */
export async function gatherDeployFacts(
  caller: AzureCaller,
  input: DeployInput,
  owner: { tid: string; oid: string },
  rested = false,
): Promise<DeployFacts> {
  const { clusterId } = input;
  const isNew = input.workspace.use === "new";
  const workspaceId = workspaceIdOf(input);
  const clusterRead = getCluster(caller, clusterId);
  // Of a provider that is not registered nothing can be there: Azure unregisters none that has resources.
  const missing = readProviders(caller, input).then((providers) => ({ providers, names: missingProviders(input, { providers }) }));
  const [cluster, inside, regional, { providers }, extensions, workspace, locks, rights, computes, bindings, approved, kept, network] =
    await Promise.all([
      clusterRead,
      clusterRead.then((read) => lookIntoCluster(caller, read, input)),
      clusterRead.then((read) => readRegion(caller, clusterId, read)),
      missing,
      missing.then(({ names }) => (names.includes(extensionProvider) ? noneRead() : listExtensions(caller, clusterId))),
      missing.then(({ names }) => (isNew && names.includes(workspaceProvider) ? absent : getSource(caller, workspaceId))),
      listLocks(caller, clusterId),
      readRights(
        caller,
        input,
        missing.then(({ names }) => names.length > 0),
      ),
      isNew ? absent : listComputes(caller, workspaceId),
      lookAtBindings(caller, clusterId),
      approvedOn(clusterId),
      keptValues(owner, input.extension === "present" ? {} : input.extension.protected),
      clusterRead.then((read) =>
        rested || (isRestricted(read) && input.network === "open-missing") ? gatherList(caller, clusterId) : undefined,
      ),
    ]);
  const identityRoles =
    workspace.state === "ok" && workspace.value.identity.type === "UserAssigned"
      ? await rolesOf(caller, clusterId, workspace.value.identity.principalId)
      : absent;
  const certificate = certificateAmong(kept);
  const role = input.binding === "made-by-attach" ? null : input.binding.role;
  return {
    now: now().toISOString(),
    cluster,
    nodePools: cluster.state === "ok" ? cluster.value.nodePools : null,
    runCommand: cluster.state === "ok" ? cluster.value.runCommand : null,
    ...inside,
    extensions,
    providers,
    features: absent,
    locks,
    people: [rights],
    workspace,
    workspaceRoles: identityRoles,
    computes,
    bindings,
    approved,
    roleRules: mapReadable(
      regional.catalogue,
      ({ roles }) => roles.find((one) => `${one.sourceResourceType}/${one.name}` === role)?.rules ?? [],
    ),
    ...regional,
    ...(network === undefined ? {} : { network }),
    ...(certificate === null ? {} : { certificate: { state: "ok", certificate } as const }),
    kept: kept.map(({ ref, key, hash }) => ({ ref, key, hash })),
  };
}

const isRestricted = (read: Readable<Cluster>): boolean =>
  read.state === "ok" && read.value.authorizedIpRanges !== null && !read.value.isPrivate;

/** The rights of the person at each place where a step of this deployment needs one: those on the subscription only where a provider is registered. */
async function readRights(caller: AzureCaller, input: DeployInput, registers: Promise<boolean>): Promise<DeployFacts["people"][number]> {
  const workspaceId = workspaceIdOf(input);
  const isNew = input.workspace.use === "new";
  const [cluster, workspace, resourceGroup, subscription] = await Promise.all([
    listPermissions(caller, input.clusterId),
    isNew ? absent : listPermissions(caller, workspaceId),
    isNew ? listPermissions(caller, resourceGroupIdOf(workspaceId) ?? "") : absent,
    registers.then((does) => (does ? listPermissions(caller, `/subscriptions/${subscriptionOf(input.clusterId)}`) : absent)),
  ]);
  return { name: "Whoever plans", cluster, workspace, resourceGroup, subscription };
}

/** What exists proves its provider: a cluster that of AKS, a workspace that of Azure ML. Only the others are asked for. */
async function readProviders(caller: AzureCaller, input: DeployInput): Promise<Readable<ProviderRegistration[]>> {
  const proven = ["Microsoft.ContainerService", ...(input.workspace.use === "existing" ? [workspaceProvider] : [])];
  const asked = neededProviders(input).filter((namespace) => !proven.includes(namespace));
  const reads = await listProviders(caller, subscriptionOf(input.clusterId), asked);
  for (const read of reads) if (read.state !== "ok" && read.state !== "absent") return read;
  const known = reads.map((read, index) => (read.state === "ok" ? read.value : { namespace: asked[index] ?? "", state: "NotRegistered" }));
  return { state: "ok", value: [...proven.map((namespace) => ({ namespace, state: "Registered" })), ...known], at: now().toISOString() };
}

async function readRegion(
  caller: AzureCaller,
  clusterId: string,
  cluster: Readable<Cluster>,
): Promise<Pick<DeployFacts, "catalogue" | "snapshot" | "kubernetesVersions">> {
  if (cluster.state !== "ok") return { catalogue: cluster, snapshot: null, kubernetesVersions: cluster };
  const subscription = subscriptionOf(clusterId);
  const [catalogue, kubernetesVersions] = await Promise.all([
    readAndKeep(caller, subscription, cluster.value.location),
    kubernetesVersionsFor(caller, subscription, cluster.value.location),
  ]);
  const last = await latestSnapshot(subscription, cluster.value.location);
  return { catalogue, kubernetesVersions, snapshot: last === null ? null : { roles: last.roles, at: last.lastSeenAt.toISOString() } };
}

/** Azure roles of an identity on the cluster. */
async function rolesOf(caller: AzureCaller, clusterId: string, principalId: string | null): Promise<DeployFacts["workspaceRoles"]> {
  if (principalId === null) return { state: "unavailable", message: "Azure does not tell which identity the workspace uses." };
  return listRolesOf(caller, clusterId, principalId);
}
