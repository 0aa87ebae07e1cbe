import type { JWK } from "jose";
import type { ArmOperation, Compute, Deployment, Extension } from "./extension-shapes";
import type { ClusterAuthority, RunCommand, TimedObject } from "./kubernetes-shapes";
import type { Publications } from "./service-tag-shapes";

/** A resource as ARM answers it; keys that nobody here knows are kept. */
export type ArmResource = {
  id: string;
  name: string;
  type: string;
  location?: string;
  tags?: Record<string, string>;
  identity?: ArmIdentity;
  sku?: Record<string, unknown>;
  kind?: string;
  properties: Record<string, unknown>;
  [more: string]: unknown;
};

export type ArmIdentity = {
  type: string;
  principalId?: string;
  tenantId?: string;
  userAssignedIdentities?: Record<string, { principalId: string; clientId: string }>;
};

export type RegistrationState = "Registered" | "NotRegistered" | "Registering" | "Unregistering";
export type Subscription = {
  subscriptionId: string;
  displayName: string;
  /** By provider, as it was before a change that is under way. */
  registered: Record<string, "Registered" | "NotRegistered">;
  /** By provider: what it becomes, and when (ms). */
  changing?: Record<string, { to: "Registered" | "NotRegistered"; at: number }>;
  /** By preview feature: when its registration is approved (ms). */
  features?: Record<string, number>;
};

export type ResourceGroup = { id: string; name: string; location: string; tags: Record<string, string> };

/** Empty lists are left out of the answer, as Azure does. */
export type TrustedAccessRule = {
  verbs?: string[];
  apiGroups?: string[];
  resources?: string[];
  resourceNames?: string[];
  nonResourceURLs?: string[];
};
export type TrustedAccessRole = { sourceResourceType: string; name: string; rules: TrustedAccessRule[] };
export type Catalogue = { location: string; roles: TrustedAccessRole[] };

export type BindingState = "Succeeded" | "Updating" | "Deleting" | "Failed" | "Canceled";
export type Binding = {
  id: string;
  name: string;
  clusterId: string;
  sourceResourceId: string;
  roles: string[];
  provisioningState: BindingState;
  operationId: string | null;
};

export type OperationOutcome = { status: "Succeeded" } | { status: "Failed" | "Canceled"; code: string; message: string };
/** A long-running operation. Times in ms of the emulator's clock. `settled`: its outcome is already in the resource. */
export type Operation = {
  id: string;
  kind: "put" | "delete" | "cluster";
  /** A binding; of kind `cluster` the cluster itself. */
  resourceId: string;
  subscriptionId: string;
  location: string;
  startedAt: number;
  endsAt: number;
  outcome: OperationOutcome;
  settled: boolean;
};

/** What a cluster's own Kubernetes holds because of a binding, from `at` (ms) on: the add-on manager follows ARM within five minutes. */
export type Effect = {
  bindingId: string;
  clusterId: string;
  name: string;
  changes: { at: number; present: boolean; sourceResourceId: string; roles: string[] }[];
};

/** The authorized IP ranges that a cluster's API server goes by, from `at` (ms) on: they follow ARM within two minutes. */
export type Reach = { clusterId: string; changes: { at: number; ranges: string[] }[] };

export type Lock = { id: string; name: string; scope: string; level: "CanNotDelete" | "ReadOnly"; notes: string | null };

export type RoleDefinition = {
  guid: string;
  roleName: string;
  description: string;
  type: "BuiltInRole" | "CustomRole";
  permissions: { actions: string[]; notActions: string[]; dataActions: string[]; notDataActions: string[] }[];
};
export type RoleAssignment = {
  guid: string;
  scope: string;
  roleGuid: string;
  principalId: string;
  principalType: "User" | "Group" | "ServicePrincipal";
};

/** Someone of the tenant. `groups` are object ids of groups. */
export type Person = {
  oid: string;
  name: string;
  upn: string;
  says: string;
  portalRoles: string[];
  groups: string[];
  enabled: boolean;
  guest: boolean;
  /** Claim `employeeid` of the id_token; joins the accounts of one person. */
  employeeId: string;
};

/** A sign-in of a person at Entra, shared by all its tokens. Times in ms. */
export type EntraSession = { sid: string; oid: string; authTime: number; acrs: string[]; amr: string[] };
export type RefreshToken = { oid: string; sid: string; clientId: string; issuedAt: number; revoked: boolean };
export type AuthorizationCode = {
  oid: string;
  sid: string;
  redirectUri: string;
  scope: string;
  nonce: string | null;
  challenge: string | null;
  expiresAt: number;
};

/** A rule that writes need an authentication context. `oid` null: everybody. */
export type ClaimsRule = { oid: string | null; acrs: string[]; form: "values" | "value" };

/** What a control may set; one row. */
export type Knobs = {
  seedVersion: number;
  scale: number;
  clockOffsetMs: number;
  listPageSize: number;
  graphPageSize: number;
  /** How many service tags ARM answers at once; 0: all of them, as it does. */
  serviceTagPageSize: number;
  serviceTags: Publications;
  claimsRules: ClaimsRule[];
  /** The address from which clients are seen by the API servers of clusters: their authorized IP ranges hold it or not. */
  egressAddress: string;
  /** Access tokens issued before that time (ms) answer ExpiredAuthenticationToken. */
  accessTokensExpireBefore: number;
  /** By oid: tokens issued before that time (ms) are revoked, and ARM says so by a claims challenge. */
  tokensRevokedBefore: Record<string, number>;
};

export type Tables = {
  knobs: Knobs;
  subscriptions: Subscription;
  resourceGroups: ResourceGroup;
  resources: ArmResource;
  catalogues: Catalogue;
  bindings: Binding;
  operations: Operation;
  effects: Effect;
  /** By cluster; none where its ranges never changed. */
  reaches: Reach;
  extensions: Extension;
  armOperations: ArmOperation;
  computes: Compute;
  deployments: Deployment;
  kubernetesObjects: TimedObject;
  clusterAuthorities: ClusterAuthority;
  runCommands: RunCommand;
  locks: Lock;
  roleDefinitions: RoleDefinition;
  roleAssignments: RoleAssignment;
  people: Person;
  entraSessions: EntraSession;
  refreshTokens: RefreshToken;
  codes: AuthorizationCode;
  /** Public keys (JWK) by which the application may prove itself, by key id. */
  clientKeys: JWK;
};
