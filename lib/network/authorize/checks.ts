import { allows } from "@/lib/azure/actions";
import type { Readable } from "@/lib/azure/types";
import { lastName } from "@/lib/kernel/resource-id";
import type { Precondition } from "@/lib/plans/plan";
import type { ClusterList, NetworkFacts } from "./facts";
import { isBusy } from "./live";
import type { PlannedList } from "./change";
import { writeCluster } from "./step";
import { tagNames } from "./tags-in-use";

const why = (read: Exclude<Readable<unknown>, { state: "ok" }>): string =>
  read.state === "no-permission"
    ? "with your Azure rights"
    : read.state === "sign-in"
      ? "until you sign in again"
      : read.state === "absent"
        ? "because it is not there"
        : "because Azure did not answer";

/** What a cluster that cannot be read leaves to say: nothing else about it is given away. */
export function unreadCluster(read: Exclude<Readable<unknown>, { state: "ok" }>): Precondition[] {
  const check = { key: "cluster", label: "Cluster", field: "clusterId" } as const;
  return [{ ...check, status: "not-verified", message: `The cluster cannot be read ${why(read)}.` }];
}

/** Every condition of a change of a list, each with the form field that it belongs to. What cannot be read is `not-verified`, never `ok`. */
export function checkList(facts: NetworkFacts, read: ClusterList, planned: PlannedList): Precondition[] {
  return [
    ...ofCluster(read),
    ...ofPlan(planned),
    ...ofTags(facts, planned),
    ...facts.unreadWorkspaces.map(
      (message, at): Precondition => ({
        key: at === 0 ? "workspaces" : `workspaces-${at + 1}`,
        label: "Workspaces",
        field: "workspaces",
        status: "not-verified",
        message,
        remedy: "Name the workspaces that are to use the cluster, or ask somebody who can read them to plan.",
      }),
    ),
    ...ofLocks(facts),
    ofRights(facts),
  ];
}

/** Whether Azure would take a change of the cluster now. */
export function ofCluster({ cluster, live }: ClusterList): Precondition[] {
  const check = { key: "cluster-state", label: "Cluster state", field: "clusterId" } as const;
  if (live.powerState?.toLowerCase() === "stopped")
    return [
      {
        ...check,
        status: "blocking",
        message: `${cluster.name} is stopped, and Azure changes no stopped cluster.`,
        remedy: "Start it: az aks start.",
      },
    ];
  if (isBusy(live.provisioningState) || live.busyPool !== null)
    return [
      {
        ...check,
        status: "warning",
        message: `Azure is at work on ${live.busyPool === null ? cluster.name : `the node pool ${live.busyPool}`} (${live.provisioningState}).`,
        remedy: "The run waits until that is over.",
      },
    ];
  if (live.provisioningState.toLowerCase() !== "succeeded")
    return [
      {
        ...check,
        status: "blocking",
        message: `The last change of ${cluster.name} ended as ${live.provisioningState}.`,
        remedy: "Have Azure reconcile it first (az aks update with its name and group alone), then plan again.",
      },
    ];
  return [{ ...check, status: "ok", message: `${cluster.name} runs, and nothing is under way on it.` }];
}

function ofPlan(planned: PlannedList): Precondition[] {
  const check = { key: "list", label: "Authorized ranges" } as const;
  if (planned.change === null)
    return planned.refusals.map(({ path, text }, at) => ({
      ...check,
      key: at === 0 ? "list" : `list-${at + 1}`,
      ...(path === null ? {} : { field: path }),
      status: "blocking",
      message: text,
      remedy: remedyOf(path),
    }));
  const { list, limit, lockOut } = planned.change;
  if (list.added.length + list.removed.length === 0)
    return [
      {
        ...check,
        status: "blocking",
        message: `There is nothing to change. ${planned.before.reason}`,
        remedy: "Choose another scope, or name further ranges.",
      },
    ];
  return [
    { ...check, status: "ok", message: `The list will have ${list.after.length} of at most ${limit} entries. ${planned.after.reason}` },
    // What is said of the nodes stands below, beside what is known of their way out.
    ...lockOut
      .filter((sentence) => sentence !== planned.after.egress.sentence)
      .map(
        (message, at): Precondition => ({
          key: at === 0 ? "lock-out" : `lock-out-${at + 1}`,
          label: "Who may be locked out",
          field: "extra",
          status: "warning",
          message,
          remedy: "Give the addresses that must still get in as those that people call from.",
        }),
      ),
    egressCheck(planned),
  ];
}

function remedyOf(path: string | null): string {
  const [part] = path?.split(".") ?? [];
  if (part === "extra") return "Leave it out, or give a public IPv4 address or range in its place.";
  if (part === "remove") return "Leave it out: the rest of the request stands.";
  return "Change the request accordingly.";
}

function egressCheck({ after }: Extract<PlannedList, { change: object }>): Precondition {
  const { state, sentence } = after.egress;
  const status = state === "absent" ? "warning" : state === "unknown" ? "not-verified" : "ok";
  return {
    key: "egress",
    label: "Way out of the nodes",
    field: "extra",
    status,
    message: sentence,
    ...(status === "ok" ? {} : { remedy: "Give the address by which the nodes go out, in the form for this cluster alone." }),
  };
}

function ofTags({ pairs, tags }: NetworkFacts, { before }: PlannedList): Precondition[] {
  const check = { label: "Regions and service tags", field: "scope" } as const;
  const unread: Precondition[] =
    pairs.state === "ok"
      ? []
      : [
          {
            ...check,
            key: "pairs",
            status: "not-verified",
            message: `Which regions are paired cannot be read ${why(pairs)}: ranges of paired regions may be missing.`,
            remedy: "Ask somebody who can read the subscription's locations to plan.",
          },
        ];
  if (tags.state !== "ok") return unread;
  const { regions, withoutTag } = before.required;
  const lacking = tagNames(regions).flatMap((tag) => tags.value.removalsBlocked(tag) ?? []);
  const used = `The service tags known since ${tags.value.snapshot.since.slice(0, 10)} were used, for ${regions.join(", ")}.`;
  const isWhole = withoutTag.length + lacking.length === 0;
  return [
    ...unread,
    {
      ...check,
      key: "tags",
      status: isWhole ? "ok" : "warning",
      message: [used, ...lacking, ...before.notes].join(" "),
      ...(isWhole ? {} : { remedy: "Have an administrator import a newer list of service tags." }),
    },
  ];
}

function ofLocks({ locks }: NetworkFacts): Precondition[] {
  const check = { key: "locks", label: "Azure locks", field: "clusterId" } as const;
  if (locks.state !== "ok")
    return [{ ...check, status: "not-verified", message: `Whether a lock stands in the way cannot be read ${why(locks)}.` }];
  const [lock] = locks.value.filter(({ level }) => level === "ReadOnly");
  if (lock === undefined) return [{ ...check, status: "ok", message: "No lock stands in the way." }];
  return [
    {
      ...check,
      status: "blocking",
      message: `The read-only lock ${lock.name} on ${lastName(lock.scope)} stops the change.`,
      remedy: "Ask whoever owns the lock to lift it.",
    },
  ];
}

function ofRights({ permissions }: NetworkFacts): Precondition {
  const check = { key: "rights", label: "Azure rights" } as const;
  const needs = `The change needs ${writeCluster} on the cluster, and the right to join its subnets and to assign its identities where it has own ones.`;
  if (permissions.state !== "ok") return { ...check, status: "not-verified", message: `${needs} Your Azure rights cannot be read.` };
  if (allows(permissions.value, writeCluster))
    return { ...check, status: "ok", message: `Your Azure rights allow ${writeCluster} on the cluster: a hint, not a promise.` };
  return {
    ...check,
    status: "warning",
    message: `Your Azure rights do not allow ${writeCluster} on the cluster.`,
    remedy: "Whoever executes needs a role such as Azure Kubernetes Service Contributor. Without it the run waits.",
  };
}
