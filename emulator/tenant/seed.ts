import type { ArmResource, Binding, Effect, Knobs, ResourceGroup } from "../state/shapes";
import type { Store } from "../state/store";
import { roleDefinitions } from "./azure-roles";
import { clusterSeeds } from "./cluster-seeds";
import { clusterResource } from "./clusters";
import { seedDeployments } from "./deployments";
import { groupId, keyOf, subscriptionIds } from "./ids";
import { regions } from "./locations";
import { outboundAddresses } from "./outbound";
import { people, peopleAssignments } from "./people";
import { type FleetPart, scaledFleet } from "./scale";
import { firstPublications } from "./service-tag-editions";
import { backupVault, defenderOperator, defenderPlan, identitiesOf, workspaceResource, workspaceSeeds } from "./sources";
import { storyAssignments, storyBindings, storyLocks } from "./story";
import { rolesOfRegion } from "./trusted-access-roles";

/** Raised when the story changes, so that a state folder of an older story is seeded again. */
export const seedVersion = 6;

const azureTables = [
  "subscriptions",
  "resourceGroups",
  "resources",
  "catalogues",
  "bindings",
  "operations",
  "effects",
  "reaches",
  "extensions",
  "armOperations",
  "computes",
  "deployments",
  "kubernetesObjects",
  "runCommands",
  "locks",
  "roleDefinitions",
  "roleAssignments",
  "people",
  "entraSessions",
  "refreshTokens",
  "codes",
] as const;

const registered = [
  "Microsoft.ContainerService",
  "Microsoft.MachineLearningServices",
  "Microsoft.DataProtection",
  "Microsoft.Security",
  "Microsoft.Authorization",
  "Microsoft.Resources",
  "Microsoft.ResourceGraph",
  "Microsoft.ManagedIdentity",
  "Microsoft.Features",
  "Microsoft.Storage",
  "Microsoft.KeyVault",
  "Microsoft.Insights",
  "Microsoft.ContainerRegistry",
  "Microsoft.Network",
];

/** Contoso Data never registered the provider of cluster extensions. */
const registeredIn = (key: string): string[] => (key === "data" ? registered : [...registered, "Microsoft.KubernetesConfiguration"]);

/** Empties the tenant and tells its story anew. `scale`: how many clusters to add to those of the story, 0–5000. */
export function seed(store: Store, scale: number): void {
  // Made before anything is emptied: a wrong scale must leave all as it was.
  const fleet = scaledFleet(scale);
  store.rebuild(azureTables, () => tell(store, scale, fleet));
}

function tell(store: Store, scale: number, fleet: FleetPart[]): void {
  store.table("knobs").set("knobs", freshKnobs(scale));
  seedSubscriptions(store);
  for (const owner of [...clusterSeeds.map((one) => clusterResource(one)), ...workspaceSeeds.map(workspaceResource)]) {
    for (const one of [owner, ...identitiesOf(owner)]) put(store, one);
  }
  for (const one of clusterSeeds.flatMap(outboundAddresses)) putAlone(store, one);
  seedDeployments(
    store,
    clusterSeeds.map((one) => clusterResource(one)),
  );
  put(store, backupVault);
  for (const id of Object.values(subscriptionIds))
    for (const plan of ["CloudPosture", "Containers"] as const)
      for (const one of [defenderPlan(id, plan), defenderOperator(id, plan)]) put(store, one);
  for (const binding of storyBindings) putBinding(store, binding);
  for (const lock of storyLocks) store.table("locks").set(keyOf(lock.id), lock);
  for (const role of roleDefinitions) store.table("roleDefinitions").set(role.guid, role);
  for (const one of [...peopleAssignments, ...storyAssignments]) store.table("roleAssignments").set(one.guid, one);
  for (const person of people) store.table("people").set(person.oid, person);
  for (const region of regions) store.table("catalogues").set(region.name, { location: region.name, roles: rolesOfRegion(region.name) });
  for (const extra of fleet) {
    put(store, extra.cluster);
    for (const one of extra.addresses) putAlone(store, one);
    if (extra.workspace !== null) put(store, extra.workspace);
    for (const binding of extra.bindings) putBinding(store, binding);
  }
}

function freshKnobs(scale: number): Knobs {
  return {
    seedVersion,
    scale,
    clockOffsetMs: 0,
    listPageSize: 100,
    graphPageSize: 1000,
    serviceTagPageSize: 0,
    serviceTags: firstPublications(),
    claimsRules: [],
    egressAddress: "198.51.100.200",
    accessTokensExpireBefore: 0,
    tokensRevokedBefore: {},
  };
}

function seedSubscriptions(store: Store): void {
  const names = { dev: "Contoso Dev", prod: "Contoso Prod", data: "Contoso Data" } as const;
  for (const [key, subscriptionId] of Object.entries(subscriptionIds) as [keyof typeof names, string][]) {
    const row = {
      subscriptionId,
      displayName: names[key],
      registered: Object.fromEntries(registeredIn(key).map((name) => [name, "Registered" as const])),
    };
    store.table("subscriptions").set(subscriptionId, row);
  }
}

/** A resource without its group: those of a cluster's nodes are listed nowhere. */
function putAlone(store: Store, resource: ArmResource): void {
  store.table("resources").set(keyOf(resource.id), resource);
}

function put(store: Store, resource: ArmResource): void {
  putAlone(store, resource);
  const match = /^\/subscriptions\/([^/]+)\/resourceGroups\/([^/]+)\//i.exec(resource.id);
  if (match === null) return;
  const id = groupId(match[1] ?? "", match[2] ?? "");
  const groups = store.table("resourceGroups");
  const group: ResourceGroup = { id, name: match[2] ?? "", location: resource.location ?? "eastus", tags: {} };
  if (!groups.has(keyOf(id))) groups.set(keyOf(id), group);
}

function putBinding(store: Store, binding: Binding): void {
  store.table("bindings").set(keyOf(binding.id), binding);
  const { id: bindingId, clusterId, name, sourceResourceId, roles } = binding;
  const effect: Effect = { bindingId, clusterId, name, changes: [{ at: 0, present: true, sourceResourceId, roles }] };
  store.table("effects").set(keyOf(bindingId), effect);
}
