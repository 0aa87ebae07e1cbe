import type { KubernetesNode } from "@/lib/azure/deployment-types";
import { derivedSettings } from "../../settings/derived";
import type { NodeGroup } from "../../settings/facts";
import type { ExtensionInput } from "../../settings/input";
import { hasLabels, isOpen, tolerationsOf } from "../../settings/placement";
import { block, type Check, notVerified, ok, type PreflightCheck, warn, whyUnread } from "../check";
import { type Fit, fit, roomOn } from "../fit";
import type { DeploymentFacts } from "../facts";
import { ofNode } from "../node-groups";
import { podRequests, totalOf } from "../requests";
import { groupsOf, settingsFacts } from "../settings-facts";

const about = { key: "capacity", group: "capacity", title: "Room on the nodes", field: "extension.settings" } as const;

/** Whether the nodes that may take the extension's services have room for what they request. Workloads come on top of it. */
export const checkCapacity: Check = ({ input, facts }) => {
  const { extension } = input;
  if (extension === "present") return [];
  const pods = podRequests(settingsInEffect(extension, facts));
  const { nodes } = facts;
  if (nodes.state !== "ok") {
    const { milliCpu, memoryMi } = totalOf(pods, 1);
    return [
      notVerified(
        about,
        `The extension requests ${milliCpu}m of processor and ${memoryMi} MiB of memory. The nodes cannot be read ${whyUnread(nodes)}.`,
      ),
    ];
  }
  const usable = nodes.value.filter((node) => takes(extension, ofNode(node), true));
  const others = facts.pods.state === "ok" ? facts.pods.value : [];
  return [judge(fit(pods, roomOn(usable, others)), usable, mayGrow(extension, facts), facts)];
};

/** The person's settings and those that Bindery adds. */
function settingsInEffect(input: ExtensionInput, facts: DeploymentFacts): Record<string, string> {
  const { cluster } = settingsFacts(input, facts);
  const added = cluster === undefined ? [] : derivedSettings(input, cluster);
  return { ...input.settings, ...Object.fromEntries(added.map(({ key, value }) => [key, value])) };
}

function takes(input: ExtensionInput, group: NodeGroup, now: boolean): boolean {
  const there = now ? group.count > 0 : (group.maxCount ?? 0) > 0;
  return there && group.os !== "Windows" && hasLabels(input, group) && isOpen(group, tolerationsOf(input));
}

const mayGrow = (input: ExtensionInput, facts: DeploymentFacts): boolean =>
  (groupsOf(facts) ?? []).some((group) => takes(input, group, false));

function judge({ asked, free, left, hopeless }: Fit, usable: KubernetesNode[], grows: boolean, facts: DeploymentFacts): PreflightCheck {
  const wants = `The extension requests ${asked.milliCpu}m of processor and ${asked.memoryMi} MiB of memory`;
  const has = `${usable.length} ${usable.length === 1 ? "node" : "nodes"} may take it, with ${free.milliCpu}m and ${free.memoryMi} MiB left`;
  if (left.length === 0) {
    if (facts.pods.state === "ok") return ok(about, `${wants}; ${has}. What jobs and endpoints need comes on top.`);
    return notVerified(about, `${wants}; ${has} when nothing else runs there: the pods cannot be read ${whyUnread(facts.pods)}.`);
  }
  const waiting = left.map(({ app, copies, milliCpu }) => `${copies > 1 ? `${copies} × ` : ""}${app} (${milliCpu}m)`).join(", ");
  const message = `${wants}; ${has}. No node has room for ${waiting}.`;
  if (grows)
    return warn(
      about,
      `${message} The autoscaler may add nodes, which takes some minutes; the installation gives up after fifteen.`,
      "Scale the pool up before the installation.",
    );
  const remedy = "Add nodes or a pool of larger ones (4 vCPU and 14 GiB is Microsoft's advice), or run one router.";
  return hopeless ? block(about, message, remedy) : warn(about, `${message} Kubernetes may find a place all the same.`, remedy);
}
