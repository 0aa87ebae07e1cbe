import type { NodeGroup } from "./facts";
import type { UncheckedInput } from "./input";

/** Taints that all of the extension's own services tolerate (Microsoft's reference for Kubernetes clusters, "taints and tolerations"). */
const builtIn = new Set(["ml.azure.com/amlarc", "ml.azure.com/amlarc-system"]);

/** A toleration that the settings give to workloads. */
export type Toleration = { key?: string; operator?: string; value?: string; effect?: string };

/** True when a group has every label that the settings select nodes by. */
export function hasLabels({ settings }: UncheckedInput, { labels }: NodeGroup): boolean {
  return Object.entries(settings).every(([one, value]) => {
    if (!one.startsWith("nodeSelector.")) return true;
    const label = one.slice("nodeSelector.".length).replaceAll("\\.", ".");
    return Object.hasOwn(labels, label) && labels[label] === value;
  });
}

/** The tolerations that the settings give to workloads. */
export function tolerationsOf(input: UncheckedInput): Toleration[] {
  const found = new Map<string, Toleration>();
  for (const [one, value] of Object.entries(input.settings)) {
    const [, index, part] = /^workLoadToleration\[(\d+)\]\.(key|operator|value|effect)$/.exec(one) ?? [];
    if (index === undefined || part === undefined || typeof value !== "string") continue;
    found.set(index, { ...found.get(index), [part]: value });
  }
  return [...found.values()];
}

/** True when no taint of the group keeps a pod away. `PreferNoSchedule` keeps none away. */
export function isOpen({ taints }: NodeGroup, tolerations: Toleration[]): boolean {
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
