import { lastName } from "@/lib/kernel/resource-id";
import { listText } from "@/lib/bindings/source-words";
import { isTrue } from "../settings/input";
import type { TeardownFacts, TeardownInput } from "./input";
import { select } from "./selection";

/** What is left when a teardown is done, in sentences. */
export type Aftermath = {
  stays: string[];
  /** What goes on costing money. */
  costs: string[];
};

/** Says what stays and what costs. Sentences about what could not be read are left out. */
export function aftermath(input: TeardownInput, facts: TeardownFacts): Aftermath {
  const selection = select(input, facts);
  const { detached, kept, extension, bindings } = selection;
  const cluster = facts.cluster.state === "ok" ? facts.cluster.value : null;
  const workspace = input.workspaceId === null ? null : lastName(input.workspaceId);
  const deletes = input.extension === "delete" && extension !== null;
  const namespaces = [...new Set(detached.map(({ namespace }) => namespace ?? "default"))].sort();
  const pools = (cluster?.nodePools ?? []).filter(({ count }) => count > 0).map(({ count, vmSize }) => `${count} × ${vmSize}`);
  return {
    stays: [
      ...(namespaces.length === 0
        ? []
        : [
            `The ${namespaces.length === 1 ? "namespace" : "namespaces"} ${listText(namespaces)} with everything in ${namespaces.length === 1 ? "it" : "them"}.`,
          ]),
      ...(kept.length === 0 ? [] : [`The computes ${listText(kept.map(({ name }) => name))}.`]),
      ...(kept.length === 0 || bindings.length === 0 ? [] : [`The role bindings of ${workspace}, which its other computes need.`]),
      ...(extension !== null && !deletes ? [`The extension ${extension.name} with its pods, roles and webhook.`] : []),
      ...(deletes
        ? ["The custom resource definitions of Azure ML and Volcano: deleting them would delete every object of their kinds."]
        : []),
      ...(workspace === null ? [] : [`The workspace ${workspace} with its data, models and history.`]),
      "The resource providers stay registered, which costs nothing.",
      ...(cluster?.authorizedIpRanges == null
        ? []
        : [
            "The authorized IP ranges, but for those that this plan takes out: Bindery removes only what it added and no other workspace that can be seen needs, and never empties it: an empty list would open the API server to all.",
          ]),
    ],
    costs: [
      ...(cluster === null ? [] : [`The cluster ${cluster.name}${pools.length === 0 ? "" : ` with its nodes (${listText(pools)})`}.`]),
      ...(namespaces.length === 0 ? [] : ["Disks of volumes that jobs and endpoints made in those namespaces."]),
      ...(workspace === null ? [] : [`The storage account, key vault, container registry and logs of ${workspace}.`]),
      ...(extension !== null && !deletes && isTrue(extension.settings.enableInference)
        ? ["The load balancer and address of the inference router."]
        : []),
      ...(extension !== null && isTrue(extension.settings.logAnalyticsWS)
        ? ["The Log Analytics workspace that the extension wrote to."]
        : []),
    ],
  };
}
