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

/** A command that was sent through ARM. `result` is there from the start and answered from `endsAt` on. */
export type RunCommand = {
  id: string;
  clusterId: string;
  endsAt: number | null;
  result: { provisioningState: string; exitCode?: number; startedAt?: string; finishedAt?: string; logs?: string; reason?: string };
};
