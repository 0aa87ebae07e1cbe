import { armLocation } from "@/lib/kernel/arm-location";
import { type Finding, type Fix, removeFix } from "../finding";
import type { Place } from "../input";
import { lookUp, type Setting } from "../table";
import { error, info, type Look, type Rule, warning } from "./rule";

/** Keys that are right in themselves, at the wrong place: plain or protected, given twice, or given where Bindery adds them. */
export const placeRules: Rule = (look) => [...known(look, "settings"), ...known(look, "protected"), ...duplicates(look)];

function known(look: Look, place: Place): Finding[] {
  return Object.keys(look.input[place]).flatMap((key) => {
    const found = lookUp(key);
    if (found.status !== "known") return [];
    return [...misplaced(look, place, key, found.setting), ...derivedByHand(look, place, key, found.setting)];
  });
}

/** A secret in the plain map is readable by all; a plain value in the protected map is readable by nobody, and so not checked. */
function misplaced({ input }: Look, place: Place, key: string, setting: Setting): Finding[] {
  if (setting.protected === (place === "protected")) return [];
  const other: Place = place === "settings" ? "protected" : "settings";
  const label = setting.protected ? "Move it to the protected settings" : "Move it to the plain settings";
  const movable = place === "settings" || typeof input.protected[key] === "string";
  const fix: Fix | undefined = isGivenIn(input[other], key)
    ? removeFix(place, key)
    : movable
      ? { label, changes: [{ do: "move", from: place, to: other, key }] }
      : undefined;
  const finding = setting.protected
    ? error("not-protected", key, `${key} is a secret, and everybody who can read the extension reads its plain settings.`, `${label}.`)
    : error(
        "needlessly-protected",
        key,
        `${key} is no secret, and among the protected settings nobody can check or read it again.`,
        `${label}.`,
      );
  return [fix === undefined ? finding : { ...finding, fix }];
}

/** What Bindery adds by itself need not be given; another value than the cluster's own is suspicious. */
function derivedByHand({ input, facts }: Look, place: Place, key: string, setting: Setting): Finding[] {
  if (setting.derived !== true || setting.protected || place === "protected" || setting.kind === "flag") return [];
  const own = facts.cluster === undefined ? undefined : ownValue(facts.cluster, key);
  const value = input.settings[key];
  const fix = removeFix(place, key);
  if (own === undefined || (typeof value === "string" && value.toLowerCase() === own.toLowerCase()))
    return [{ ...info("derived-key", key, `Bindery adds ${key} by itself, from the cluster.`, "Remove it, or let it be."), fix }];
  const judge = own.startsWith("/") ? error : warning;
  return [
    { ...judge("derived-differs", key, `${key} is not what this cluster has: ${own}.`, "Remove it; Bindery adds the cluster's own."), fix },
  ];
}

function ownValue(cluster: { id: string; name: string; location: string }, key: string): string | undefined {
  if (key === "cluster_name_friendly") return cluster.name;
  if (key === "location" || key === "jobSchedulerLocation") return armLocation(cluster.location);
  return key === "scoringFe.namespace" ? undefined : cluster.id;
}

/** Azure takes a key from one map only; the az CLI refuses one in both. */
function duplicates({ input }: Look): Finding[] {
  return Object.keys(input.settings)
    .filter((key) => isGivenIn(input.protected, key))
    .map((key) => {
      const found = lookUp(key);
      const wrong: Place = found.status === "known" && found.setting.protected ? "settings" : "protected";
      const remedy = `Keep it among the ${wrong === "settings" ? "protected" : "plain"} settings only.`;
      return { ...error("duplicate", key, `${key} is given twice, plain and protected.`, remedy), fix: removeFix(wrong, key) };
    });
}

const isGivenIn = (map: Record<string, unknown>, key: string): boolean => Object.hasOwn(map, key);
