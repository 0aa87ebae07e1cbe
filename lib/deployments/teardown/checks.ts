import { idKey, lastName } from "@/lib/kernel/resource-id";
import { approvalOf } from "@/lib/bindings/of-source";
import { listText } from "@/lib/bindings/source-words";
import { block, notVerified, ok, type PreflightCheck, warn, whyUnread } from "../preflight/check";
import type { TeardownFacts, TeardownInput } from "./input";
import { select, type Selection } from "./selection";

const cluster = { key: "cluster-state", group: "cluster", title: "Cluster state", field: "clusterId" } as const;
const computes = { key: "computes", group: "attach", title: "Computes", field: "computes" } as const;
const work = { key: "running-work", group: "attach", title: "Jobs and endpoints", field: "computes" } as const;
const extension = { key: "extension", group: "extension", title: "Extension", field: "extension" } as const;
const bindings = { key: "bindings", group: "binding", title: "Role bindings" } as const;
const locks = { key: "locks", group: "locks", title: "Azure locks", field: "clusterId" } as const;

/** What stands in the way of a teardown, and what it cuts off. */
export function checkTeardown(input: TeardownInput, facts: TeardownFacts): PreflightCheck[] {
  const selection = select(input, facts);
  return [
    ...ofCluster(facts),
    ...(input.workspaceId === null ? [] : ofComputes(facts, selection)),
    ...(input.extension === "delete" ? [ofExtension(input, facts, selection)] : []),
    ...(input.workspaceId === null ? [] : [ofBindings(facts, selection)]),
    ...ofLocks(input, facts, selection),
  ];
}

function ofCluster({ cluster: read }: TeardownFacts): PreflightCheck[] {
  if (read.state !== "ok") return [notVerified(cluster, `The cluster cannot be read ${whyUnread(read)}.`)];
  if (read.value.powerState?.toLowerCase() !== "stopped") return [];
  return [
    warn(
      cluster,
      "The cluster is stopped: Azure forgets the extension at once, and what it installed goes only when the cluster runs again.",
      "Start the cluster first: az aks start.",
    ),
  ];
}

function ofComputes({ computes: read }: TeardownFacts, { detached, unknown }: Selection): PreflightCheck[] {
  if (read.state !== "ok")
    return [
      block(
        computes,
        `The workspace's computes cannot be read ${whyUnread(read)}, and an extension must not go before them.`,
        "Ask somebody who can read the workspace.",
      ),
    ];
  if (unknown.length > 0)
    return [block(computes, `The workspace has no compute ${listText(unknown)} on this cluster.`, "Choose from those that are there.")];
  if (detached.length === 0) return [ok(computes, "The workspace has no compute on this cluster.")];
  const names = listText(detached.map(({ name }) => name));
  return [
    ok(computes, `${names} ${detached.length === 1 ? "is" : "are"} detached. The cluster itself is not touched.`),
    warn(
      work,
      `Jobs that run on ${names} are cut off, and online endpoints there stop answering. Whether there are any is not looked at.`,
      "Stop the jobs and delete the endpoints in the workspace first.",
    ),
  ];
}

function ofExtension(
  { workspaceId }: TeardownInput,
  { extensions, otherComputes }: TeardownFacts,
  { extension: found, kept }: Selection,
): PreflightCheck {
  if (extensions.state !== "ok") return notVerified(extension, `The cluster's extensions cannot be read ${whyUnread(extensions)}.`);
  if (found === null) return ok(extension, "The cluster has no extension of Azure ML.");
  if (found.provisioningState === "Creating" || found.provisioningState === "Updating")
    return block(extension, `Azure is at work on ${found.name} (${found.provisioningState}).`, "Wait until that is over.");
  if (kept.length > 0)
    return block(
      extension,
      `${listText(kept.map(({ name }) => name))} would be left without the extension, and could be detached by force only.`,
      "Detach all computes, or keep the extension.",
    );
  if (otherComputes.state !== "ok")
    return notVerified(extension, `Whether other workspaces use the extension cannot be read ${whyUnread(otherComputes)}.`);
  if (otherComputes.value.length > 0) {
    const names = otherComputes.value.map((one) => `${one.name} of ${lastName(one.workspaceId)}`);
    return block(
      { ...extension, key: "extension-users" },
      `${workspaceId === null ? "Workspaces" : "Other workspaces"} use it: ${listText(names)}.`,
      workspaceId === null
        ? "Ask for the teardown of that workspace: its computes go first."
        : "Detach those computes first, or keep the extension.",
    );
  }
  return ok(
    extension,
    `${found.name} is deleted, and the namespace azureml with it. No workspace that you can see uses it any more; others are not looked at.`,
  );
}

function ofBindings({ bindings: read, approved }: TeardownFacts, { bindings: found, kept }: Selection): PreflightCheck {
  if (read.state !== "ok") return notVerified(bindings, `The cluster's role bindings cannot be read ${whyUnread(read)}.`);
  if (found.length === 0) return ok(bindings, "The workspace has no role binding on the cluster.");
  const names = listText(found.map(({ name }) => name));
  if (kept.length > 0)
    return ok(bindings, `${names} ${found.length === 1 ? "stays" : "stay"}: the workspace keeps computes on the cluster.`);
  const words = `${names} ${found.length === 1 ? "goes" : "go"} once the last compute is detached.`;
  const outside = approved === undefined ? [] : found.filter((one) => approvalOf(one, approved) === undefined);
  if (outside.length === 0) return ok(bindings, words);
  return warn(
    bindings,
    `${words} ${listText(outside.map(({ name }) => name))} ${outside.length === 1 ? "was" : "were"} made outside Bindery, and nobody here knows what else needs ${outside.length === 1 ? "it" : "them"}.`,
    "Ask whoever made it first.",
  );
}

/** Every step deletes something: a lock of either level stops it, where it holds on what is deleted. */
function ofLocks(input: TeardownInput, { locks: read }: TeardownFacts, { detached, extension: found, bindings: held, kept }: Selection) {
  if (read.state !== "ok") return [notVerified(locks, `Whether a lock stands in the way cannot be read ${whyUnread(read)}.`)];
  const deleted = [
    ...detached.map(({ id }) => id),
    ...(input.extension === "delete" && found !== null ? [found.id] : []),
    ...(kept.length === 0 ? held.map(({ id }) => id) : []),
  ];
  const inTheWay = read.value.filter(({ scope }) => deleted.some((id) => isAt(scope, id)));
  if (inTheWay.length === 0) return [ok(locks, "No lock stands in the way.")];
  return inTheWay.map(({ name, level, scope }, index) => ({
    ...block(
      locks,
      `The ${level === "ReadOnly" ? "read-only" : "delete"} lock ${name} on ${lastName(scope)} stops the removal.`,
      "Ask whoever owns the lock to lift it.",
    ),
    key: index === 0 ? locks.key : `${locks.key}-${index + 1}`,
  }));
}

/** True when a lock's scope is the resource itself or lies above it. */
const isAt = (scope: string, id: string): boolean => idKey(id) === idKey(scope) || idKey(id).startsWith(`${idKey(scope)}/`);
