import type { NodeGroup } from "../facts";
import { type Finding, type Fix, setFix } from "../finding";
import { isFalse, valueOf, type UncheckedInput } from "../input";
import { effective, error, info, type Look, type Rule, warning } from "./rule";

const routers = 3;
/** Taints that all of the extension's own services tolerate (Microsoft's reference for Kubernetes clusters, "taints and tolerations"). */
const builtIn = new Set(["ml.azure.com/amlarc", "ml.azure.com/amlarc-system"]);

/** Three routers need three nodes that may take them: with the label asked for, without a taint that they do not tolerate. */
export const nodeRules: Rule = (look) => {
  if (!look.inference) return [];
  const value = effective(look, "inferenceRouterHA");
  if (isFalse(value)) return derivedOff(look);
  const { nodes } = look.facts;
  if (nodes === undefined) return fewNodes(look);
  const reached = nodes.filter((group) => group.os !== "Windows" && hasLabels(look.input, group));
  const open = reached.filter((group) => isOpen(group, []));
  const sure = sum(open, (group) => group.count);
  if (sure >= routers) return [];
  const tolerated = reached.filter((group) => isOpen(group, tolerationsOf(look.input)));
  if (sum(tolerated, (group) => Math.max(group.count, group.maxCount ?? 0)) >= routers) return [perhaps(sure)];
  return [tooFew(sum(tolerated, (group) => group.count))];
};

const key = "inferenceRouterHA";
const oneRouter: Fix = setFix(key, "False");
const sum = (groups: NodeGroup[], of: (group: NodeGroup) => number): number => groups.reduce((total, group) => total + of(group), 0);

function derivedOff({ input }: Look): Finding[] {
  if (valueOf(input, key) !== undefined) return [];
  return [
    info(
      "one-router",
      key,
      "The cluster has fewer than three nodes, so Bindery sets inferenceRouterHA to false: one router.",
      "Add nodes first if endpoints have to stay up.",
    ),
  ];
}

/** Without the nodes themselves, their number may still be known. */
function fewNodes({ facts }: Look): Finding[] {
  const count = facts.cluster?.nodeCount ?? null;
  return count === null || count >= routers ? [] : [tooFew(count)];
}

function tooFew(count: number): Finding {
  const message = `Three inference routers need three nodes that may take them; there ${count === 1 ? "is 1" : `are ${count}`} (E40002).`;
  return { ...error("too-few-nodes", key, message, "Add nodes, widen the node selector, or run one router."), fix: oneRouter };
}

function perhaps(sure: number): Finding {
  const message = `Three inference routers need three nodes, and ${sure} can take them for sure. The rest depends on the autoscaler or on tolerations.`;
  return { ...warning("perhaps-too-few-nodes", key, message, "Make sure of three nodes, or run one router."), fix: oneRouter };
}

function hasLabels({ settings }: UncheckedInput, { labels }: NodeGroup): boolean {
  return Object.entries(settings).every(([one, value]) => {
    if (!one.startsWith("nodeSelector.")) return true;
    const label = one.slice("nodeSelector.".length).replaceAll("\\.", ".");
    return Object.hasOwn(labels, label) && labels[label] === value;
  });
}

type Toleration = { key?: string; operator?: string; value?: string; effect?: string };

/** The tolerations that the settings give to workloads. */
function tolerationsOf(input: UncheckedInput): Toleration[] {
  const found = new Map<string, Toleration>();
  for (const [one, value] of Object.entries(input.settings)) {
    const [, index, part] = /^workLoadToleration\[(\d+)\]\.(key|operator|value|effect)$/.exec(one) ?? [];
    if (index === undefined || part === undefined || typeof value !== "string") continue;
    found.set(index, { ...found.get(index), [part]: value });
  }
  return [...found.values()];
}

/** True when no taint of the group keeps a pod away. `PreferNoSchedule` keeps none away. */
function isOpen({ taints }: NodeGroup, tolerations: Toleration[]): boolean {
  return taints.every((text) => {
    const [, taint = "", value = "", effect = ""] = /^([^=:]+)(?:=([^:]*))?:(.*)$/.exec(text) ?? [];
    if (effect === "PreferNoSchedule" || (builtIn.has(taint) && value === "true")) return true;
    return tolerations.some((one) => tolerates(one, taint, value, effect));
  });
}

function tolerates(one: Toleration, taint: string, value: string, effect: string): boolean {
  if (one.effect !== undefined && one.effect !== "" && one.effect !== effect) return false;
  if (one.operator === "Exists") return one.key === undefined || one.key === taint;
  return one.key === taint && (one.value ?? "") === value;
}
