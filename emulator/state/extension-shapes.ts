import type { ArmIdentity, ArmResource, OperationOutcome } from "./shapes";

export type ExtensionState = "Creating" | "Updating" | "Deleting" | "Succeeded" | "Failed" | "Canceled";
export type ExtensionStatus = {
  code: string;
  displayStatus: string;
  level: "Error" | "Warning" | "Information";
  message: string;
  time: string;
};

/** A cluster extension. Of protected settings only a fingerprint of each value is kept, and nothing of them is ever answered. */
export type Extension = {
  id: string;
  name: string;
  clusterId: string;
  extensionType: string;
  autoUpgradeMinorVersion: boolean;
  releaseTrain: string;
  version: string | null;
  currentVersion: string;
  releaseNamespace: string;
  settings: Record<string, string>;
  protectedSettings: Record<string, string>;
  identity: ArmIdentity | null;
  state: ExtensionState;
  operationId: string | null;
  /** Settings of the release that the cluster holds; null where there is none. */
  released: Record<string, string> | null;
  statuses: ExtensionStatus[];
  error: { code: string; message: string } | null;
  createdAt: number;
  changedAt: number;
};

/** A long-running operation of a provider that is followed at an address of its own. Times in ms; `endsAt` null: it never ends. */
export type ArmOperation = {
  id: string;
  resourceId: string;
  action: "create" | "update" | "delete";
  startedAt: number;
  endsAt: number | null;
  outcome: OperationOutcome;
  settled: boolean;
};

/** A compute attached to a Machine Learning workspace. `body` is its `properties` as they were put. */
export type Compute = {
  id: string;
  name: string;
  workspaceId: string;
  location: string;
  identity: ArmIdentity | null;
  body: Record<string, unknown>;
  state: "Creating" | "Updating" | "Deleting" | "Succeeded" | "Failed" | "Canceled";
  errors: { code: string; message: string }[];
  operationId: string | null;
  createdAt: number;
  changedAt: number;
};

/** One resource of a deployment. `told`: how a fault lets it end. */
export type DeploymentStep = {
  resourceId: string;
  resourceType: string;
  resourceName: string;
  endsAt: number;
  wanted: { id: string; type: string; name: string; apiVersion: string; dependsOn: string[]; resource: Partial<ArmResource> };
  told: { code: string; message: string } | null;
  error: { code: string; message: string } | null;
  state: "Running" | "Succeeded" | "Failed";
};

/** A template deployment: what it was given, the resources that it makes in order, and where it stands. */
export type Deployment = {
  id: string;
  name: string;
  groupId: string;
  mode: string;
  templateHash: string;
  parameters: Record<string, { type: string; value: unknown }>;
  outputs: Record<string, { type: string; value: unknown }>;
  steps: DeploymentStep[];
  state: "Running" | "Succeeded" | "Failed";
  startedAt: number;
  hangs: boolean;
  correlationId: string;
};
