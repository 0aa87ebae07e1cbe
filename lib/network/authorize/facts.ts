import type { Permission } from "@/lib/azure/actions";
import type { Cluster, Lock, Readable } from "@/lib/azure/types";
import type { NetworkPlan, PlannedTags } from "@/lib/plans/plan";
import type { Cidr } from "../cidr";
import type { CoverageWorkspace } from "../coverage";
import type { KnownEgress } from "../egress";
import type { LedgerEntry } from "../entries";
import type { TagWarning } from "../snapshots/warning-store";
import type { KnownRanges } from "../required";
import type { LiveNetwork } from "./live";

/** A cluster with what it says of its API server's list, from one read. */
export type ClusterList = { cluster: Cluster; live: LiveNetwork };

/** What planning wants of the service tags. */
export type KnownTags = Pick<KnownRanges, "regional" | "global"> & {
  snapshot: PlannedTags;
  /** Ranges of any tag by its name; undefined where there is none. */
  tagOf: (name: string) => readonly Cidr[] | undefined;
  /** Whether somebody withdrew the snapshot of that id: what was planned from it is planned anew. */
  isWithdrawn: (snapshotId: string) => boolean;
  /** Why nothing may be removed on the word of this tag (it vanished, or shrank strongly), as a sentence; null: it may. */
  removalsBlocked: (tag: string) => string | null;
  /** The open warnings of these tags, whatever the case of their names. */
  warningsOf: (tags: readonly string[]) => readonly TagWarning[];
};

/** Everything that planning a list of authorized ranges rests on, as one person's token could read it. */
export type ListFacts = {
  list: Readable<ClusterList>;
  /** The workspaces whose compute is, or is to be, on the cluster. */
  workspaces: readonly CoverageWorkspace[];
  /** What of them could not be read, as sentences. */
  unreadWorkspaces: readonly string[];
  /** Paired region by ARM location; null: it has none. */
  pairs: Readable<ReadonlyMap<string, string | null>>;
  egress: KnownEgress;
  tags: Readable<KnownTags>;
  ledger: readonly LedgerEntry[];
};

/** The same with what a request for a list alone rests on besides. */
export type NetworkFacts = ListFacts & {
  locks: Readable<Lock[]>;
  permissions: Readable<Permission[]>;
  /** An approved plan that the facts are held against. Left out when planning anew. */
  baseline?: NetworkPlan;
};
