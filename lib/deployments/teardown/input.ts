import type { Readable } from "@/lib/azure/types";
import type { DeploymentFacts } from "../preflight/facts";

/** What is to be taken away from a cluster, as it is asked for. */
export type TeardownInput = {
  /** ARM id of the managed cluster. */
  clusterId: string;
  /** ARM id of the workspace whose computes are detached; null: the extension alone goes. */
  workspaceId: string | null;
  /** Names of its computes on this cluster, or all of them. */
  computes: "all" | string[];
  extension: "delete" | "keep";
};

/** Everything that planning a teardown rests on, as one person's token could read it. */
export type TeardownFacts = Pick<DeploymentFacts, "cluster" | "extensions" | "computes" | "bindings" | "approved" | "locks"> & {
  /** Computes on this cluster of other workspaces, as far as this token sees workspaces. */
  otherComputes: Readable<{ workspaceId: string; name: string }[]>;
};
