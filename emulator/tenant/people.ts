import type { Person, RoleAssignment } from "../state/shapes";
import { azureRoleIds } from "./azure-roles";
import { groupId, guidOf, subscriptionIds } from "./ids";

const { dev, prod, data } = subscriptionIds;
const everywhere = [dev, prod, data].map((id) => `/subscriptions/${id}`);
const domain = "contoso.example";

/** Groups of the tenant that hold Azure roles. */
export const readersGroup = guidOf("group:ml-readers");
const groupIds = { mlPlatform: guidOf("group:ml-platform-engineers"), mlReaders: readersGroup };

type Seed = Omit<Person, "oid" | "upn" | "groups" | "enabled" | "guest" | "employeeId"> & {
  oid: string;
  upn?: string;
  groups?: string[];
  enabled?: boolean;
  guest?: boolean;
  employeeId?: string;
  azure: { role: keyof typeof azureRoleIds; scopes: string[] }[];
};

const manyGroups = Array.from({ length: 230 }, (_, index) => guidOf(`group:distribution-${index}`));

const seeds: Seed[] = [
  {
    oid: "a0000001-5d1e-4c0a-9b10-000000000001",
    name: "Ines Duarte",
    says: "Requester. Machine learning engineer; reads all three subscriptions.",
    portalRoles: ["Requester"],
    azure: [{ role: "reader", scopes: everywhere }],
  },
  {
    oid: "a0000002-5d1e-4c0a-9b10-000000000002",
    name: "Tomás Okafor",
    says: "Requester. Owns the AKS clusters of Contoso Dev (AKS Contributor there), reads the rest.",
    portalRoles: ["Requester"],
    azure: [
      { role: "reader", scopes: everywhere },
      { role: "aksContributor", scopes: [`/subscriptions/${dev}`] },
    ],
  },
  {
    oid: "a0000003-5d1e-4c0a-9b10-000000000003",
    name: "Priya Raghunathan",
    says: "Approver. AKS Contributor and Reader on everything.",
    portalRoles: ["Approver"],
    azure: [
      { role: "reader", scopes: everywhere },
      { role: "aksContributor", scopes: everywhere },
      { role: "aksRbacReader", scopes: [`/subscriptions/${prod}`] },
    ],
  },
  {
    oid: "a0000004-5d1e-4c0a-9b10-000000000004",
    name: "Henrik Vestergaard",
    says: "Approver. Owner of Contoso Prod, reads the rest.",
    portalRoles: ["Approver"],
    azure: [
      { role: "reader", scopes: everywhere },
      { role: "owner", scopes: [`/subscriptions/${prod}`] },
    ],
  },
  {
    oid: "a0000005-5d1e-4c0a-9b10-000000000005",
    name: "Lena Fischer",
    says: "Approver with only Reader in Azure: what she approves waits for rights.",
    portalRoles: ["Approver"],
    azure: [{ role: "reader", scopes: everywhere }],
  },
  {
    oid: "a0000006-5d1e-4c0a-9b10-000000000006",
    name: "Marcus Oyelaran",
    says: "Auditor. No Azure role at all.",
    portalRoles: ["Auditor"],
    azure: [],
  },
  {
    oid: "a0000007-5d1e-4c0a-9b10-000000000007",
    name: "Sofia Almeida",
    says: "Administrator of the portal; reads all three subscriptions.",
    portalRoles: ["Administrator"],
    azure: [{ role: "reader", scopes: everywhere }],
  },
  {
    oid: "a0000008-5d1e-4c0a-9b10-000000000008",
    name: "Grace Kimani",
    says: "Requester and Approver at once. AKS Contributor on aks-chaos-mesh-rg, reads all.",
    portalRoles: ["Requester", "Approver"],
    azure: [
      { role: "reader", scopes: everywhere },
      { role: "aksContributor", scopes: [groupId(dev, "aks-chaos-mesh-rg")] },
    ],
  },
  {
    oid: "a0000009-5d1e-4c0a-9b10-000000000009",
    name: "Daniel Kowalski",
    says: "No portal role; reads Contoso Dev.",
    portalRoles: [],
    azure: [{ role: "reader", scopes: [`/subscriptions/${dev}`] }],
  },
  {
    oid: "a0000010-5d1e-4c0a-9b10-000000000010",
    name: "Noah Bennett",
    says: "Requester who reads one subscription only, Contoso Dev.",
    portalRoles: ["Requester"],
    azure: [{ role: "reader", scopes: [`/subscriptions/${dev}`] }],
  },
  {
    oid: "a0000011-5d1e-4c0a-9b10-000000000011",
    name: "Chloé Martin",
    says: "Requester who reads workspaces, but no cluster.",
    portalRoles: ["Requester"],
    azure: [{ role: "workspaceReader", scopes: everywhere }],
  },
  {
    oid: "a0000012-5d1e-4c0a-9b10-000000000012",
    name: "Aisha Rahman",
    says: "Requester in more than 200 groups; reads Contoso Dev and Contoso Data through one of them.",
    portalRoles: ["Requester"],
    groups: [groupIds.mlReaders, ...manyGroups],
    azure: [],
  },
  {
    oid: "a0000013-5d1e-4c0a-9b10-000000000013",
    name: "Mara Lindqvist",
    upn: "mara.lindqvist_fabrikam.example#EXT#@contoso.example",
    says: "Guest from Fabrikam with the Requester role; reads Contoso Data.",
    portalRoles: ["Requester"],
    guest: true,
    azure: [{ role: "reader", scopes: [`/subscriptions/${data}`] }],
  },
  {
    oid: "a0000014-5d1e-4c0a-9b10-000000000014",
    name: "Yuki Tanaka",
    says: "Requester whose account is disabled: Entra refuses the sign-in.",
    portalRoles: ["Requester"],
    enabled: false,
    azure: [{ role: "reader", scopes: [`/subscriptions/${dev}`] }],
  },
  {
    oid: "a0000015-5d1e-4c0a-9b10-000000000015",
    name: "Samuel Ortiz",
    says: "Scoped approver (Approver.Payments): decides only where a policy names that role, which the built-in one does not.",
    portalRoles: ["Approver.Payments"],
    azure: [
      { role: "reader", scopes: everywhere },
      { role: "aksContributor", scopes: [`/subscriptions/${prod}`] },
    ],
  },
  {
    oid: "a0000016-5d1e-4c0a-9b10-000000000016",
    name: "adm-iduarte",
    upn: "adm-iduarte@contoso.example",
    says: "Approver. The second account of a requester: same employee id (one person for four eyes where BINDERY_PERSON_CLAIM is employeeid).",
    portalRoles: ["Approver"],
    employeeId: employeeIdOf("a0000001-5d1e-4c0a-9b10-000000000001"),
    azure: [
      { role: "reader", scopes: everywhere },
      { role: "aksContributor", scopes: everywhere },
    ],
  },
  {
    oid: "a0000017-5d1e-4c0a-9b10-000000000017",
    name: "Wanjiru Mbeki",
    says: "Approver. Contributor of all three subscriptions and administrator inside their clusters: can deploy Azure ML.",
    portalRoles: ["Approver"],
    azure: [
      { role: "contributor", scopes: everywhere },
      { role: "aksRbacClusterAdmin", scopes: [`/subscriptions/${prod}`] },
    ],
  },
];

function employeeIdOf(oid: string): string {
  return `E${oid.slice(-4)}`;
}

function upnOf(name: string): string {
  const plain = name.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().split(" ");
  return `${plain.join(".")}@${domain}`;
}

/** The people of the tenant, in the order of the sign-in page. Object ids are fixed. */
export const people: Person[] = seeds.map(({ azure: _azure, ...seed }) => ({
  oid: seed.oid,
  name: seed.name,
  upn: seed.upn ?? upnOf(seed.name),
  says: seed.says,
  portalRoles: seed.portalRoles,
  groups: seed.groups ?? [],
  enabled: seed.enabled ?? true,
  guest: seed.guest ?? false,
  employeeId: seed.employeeId ?? employeeIdOf(seed.oid),
}));

/** A role assignment whose id follows from what it says. */
export function assignment(
  role: keyof typeof azureRoleIds,
  scope: string,
  principalId: string,
  principalType: RoleAssignment["principalType"] = "User",
): RoleAssignment {
  return { guid: guidOf(`assignment:${role}:${scope}:${principalId}`), scope, roleGuid: azureRoleIds[role], principalId, principalType };
}

/** The Azure roles of the people and of their groups. */
export const peopleAssignments: RoleAssignment[] = [
  ...seeds.flatMap((seed) => seed.azure.flatMap(({ role, scopes }) => scopes.map((scope) => assignment(role, scope, seed.oid)))),
  ...[dev, data].map((id) => assignment("reader", `/subscriptions/${id}`, groupIds.mlReaders, "Group")),
  assignment("contributor", groupId(dev, "aks-chaos-mesh-rg"), groupIds.mlPlatform, "Group"),
  assignment("userAccessAdministrator", `/subscriptions/${prod}`, guidOf("principal:landing-zone-pipeline"), "ServicePrincipal"),
];
