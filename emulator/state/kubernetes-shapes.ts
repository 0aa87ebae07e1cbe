/** An object of a cluster's own API, as it answers it. */
export type KubeObject = {
  apiVersion: string;
  kind: string;
  metadata: {
    name: string;
    namespace?: string;
    uid?: string;
    creationTimestamp?: string;
    labels?: Record<string, string>;
    annotations?: Record<string, string>;
    [more: string]: unknown;
  };
  [more: string]: unknown;
};

/**
 * An object of a cluster from one moment to another (ms; `until` null: for good). A pod that changes is a row for each of its stages.
 * `owner`: the id of the extension that it belongs to.
 */
export type TimedObject = { clusterId: string; owner: string | null; from: number; until: number | null; object: KubeObject };

/** The certificate authority of a cluster's API server and the certificate that it gave, PEM. */
export type ClusterAuthority = { caPem: string; certPem: string; keyPem: string; host: string };

/** Why a command's pod did not start, or what it came to. */
export type CommandResult = {
  provisioningState: string;
  exitCode?: number;
  startedAt?: string;
  finishedAt?: string;
  logs?: string;
  reason?: string;
};

/**
 * A command that was sent through ARM: it runs when its pod is there, at `endsAt` (ms; null: never). `user` null: the cluster's administrator;
 * undefined: nobody that the cluster knows. `fails`: why its pod does not start.
 */
export type RunCommand = {
  id: string;
  clusterId: string;
  command: string;
  user: { oid: string; upn: string; groups: string[] } | null | undefined;
  startedAt: number;
  endsAt: number | null;
  fails: string | null;
  result: CommandResult | null;
};
