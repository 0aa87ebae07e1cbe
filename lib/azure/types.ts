import type { TrustedAccessRole } from "@/lib/roles/rules";
import type { Whole } from "./lay-over";

/** Answer of a read that can fail in ways a person must be able to tell apart. `absent` is a proven 404. */
export type Readable<T> =
  | { state: "ok"; value: T; at: string }
  | { state: "absent" }
  | { state: "no-permission"; message: string; action?: string; scope?: string }
  | { state: "sign-in"; message: string; claims?: string }
  | { state: "unavailable"; message: string; azureCode?: string };

/** A list over several scopes: what was read, and which parts were not. */
export type PartialList<T> = {
  items: T[];
  /** Empty when everything was read. */
  failures: { scope: string; scopeName: string; state: "no-permission" | "sign-in" | "unavailable"; message: string }[];
  at: string;
};

export type Subscription = { id: string; name: string; tenantId: string; state: string };

/** A managed cluster, as far as Bindery needs it. Ids as Azure wrote them. */
export type Cluster = {
  id: string;
  name: string;
  subscriptionId: string;
  resourceGroup: string;
  location: string;
  tags: Record<string, string>;
  kubernetesVersion: string | null;
  provisioningState: string;
  powerState: string | null;
  fqdn: string | null;
  privateFqdn: string | null;
  isPrivate: boolean;
  publicFqdnDisabled: boolean;
  authorizedIpRanges: string[] | null;
  /** Whether commands may be run in the cluster through ARM. */
  runCommand: "on" | "off";
  localAccountsDisabled: boolean;
  entraManaged: boolean;
  azureRbac: boolean;
  outboundType: string | null;
  nodePools: {
    name: string;
    mode: string;
    count: number;
    vmSize: string;
    minCount: number | null;
    maxCount: number | null;
    powerState: string | null;
    kubernetesVersion: string | null;
    nodeLabels: Record<string, string>;
    /** `key=value:Effect` */
    nodeTaints: string[];
    osType: "Linux" | "Windows";
  }[];
  identityType: string | null;
  /** Unique across delete and create of the same name; guards the plan. */
  resourceUid: string | null;
};

export type RoleBinding = {
  id: string;
  name: string;
  sourceResourceId: string;
  roles: string[];
  provisioningState: string;
};

/** A resource that may be a source: a workspace or anything with an ARM id. */
export type SourceResource = {
  id: string;
  name: string;
  type: string;
  location: string | null;
  tenantId: string | null;
  identity: {
    type: "None" | "SystemAssigned" | "UserAssigned" | "SystemAssigned, UserAssigned";
    principalId: string | null;
    tenantId: string | null;
  };
};

export type Workspace = SourceResource & { subscriptionId: string; resourceGroup: string; friendlyName: string | null };

export type Lock = { id: string; name: string; level: "CanNotDelete" | "ReadOnly"; scope: string; notes: string | null };

/** A minor version of Kubernetes that a region offers: `1.34`. `isOfficial`: not by long-term support alone. */
export type KubernetesVersion = { version: string; isOfficial: boolean; isPreview: boolean };

export type RoleCatalogue = { subscriptionId: string; location: string; roles: TrustedAccessRole[] };

/** A principal with an Azure role that can write to a resource. */
export type WriterPrincipal = { principalId: string; principalType: string; roleName: string; scope: string };

/** State of a long-running operation. `gone`: the operation address answers 404, so the resource itself must be read. */
export type OperationState = {
  status: "running" | "succeeded" | "failed" | "canceled" | "gone";
  azureStatus: string | null;
  error: { code: string; message: string } | null;
  retryAfterSeconds: number | null;
  /** The answer's body as Azure wrote it. Left out: there was none. Azure quotes what it choked on: never shown before secrets are taken out. */
  body?: string;
};

/** One ARM call as it was observed on the wire. Never a token, never a query string. */
export type ArmCallNote = {
  method: string;
  path: string;
  apiVersion: string | null;
  bodyHash: string | null;
  status: number | null;
  azureCode: string | null;
  requestId: string | null;
  clientRequestId: string | null;
  correlationId: string;
  startedAt: string;
  endedAt: string;
};

/** A write to ARM. */
export type PlannedArmWrite = {
  via?: "arm";
  method: "PUT" | "DELETE" | "POST";
  /** ARM id of what is written; for a POST the path of the action, for example `…/providers/Microsoft.KubernetesConfiguration/register`. */
  resourceId: string;
  apiVersion: string;
  /** The query beside the api-version, exactly. */
  query?: Record<string, string>;
  /** As it is sent, secrets filled in; null: none. */
  body: unknown;
  /**
   * What was read just before: the body is sent laid over it (`laidOver`), and with `If-Match` of its entity tag. Left out: the body is sent as it
   * stands, without a condition.
   */
  over?: Whole;
};

/** A write to the API server of a cluster. */
export type PlannedKubernetesWrite = { via: "kubernetes"; method: "POST"; clusterId: string; path: string; body: unknown };

/** The one write that a caller may make: anything else is refused before a byte leaves. */
export type PlannedWrite = PlannedArmWrite | PlannedKubernetesWrite;

/** Someone whose tokens are used to call Azure, for one request or one run step. */
export type AzureCaller = {
  tid: string;
  oid: string;
  correlationId: string;
  /**
   * Gives a token for a scope, e.g. `https://management.azure.com/.default`.
   * Throws BinderyError `sign_in_needed` (with facts.claims) when Entra wants the person.
   */
  getToken(scopes: string | string[], options?: { claims?: string }): Promise<{ token: string; expiresOnTimestamp: number }>;
  /** Set by a run step only. Without it every write is refused. */
  plannedWrite?: PlannedWrite;
  /** Called once for each call on the wire, retries included. */
  observe?: (note: ArmCallNote) => void;
  /** All calls of this caller together end by then. */
  signal?: AbortSignal;
};
