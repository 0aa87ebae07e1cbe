import { isFalse, isTrue } from "./input";
import { settingOf } from "./table";

/** A change of an installed extension that may hurt what runs on it. */
export type RiskyChange = {
  key: string;
  /** Null: not given. Protected values are never here. */
  from: string | null;
  to: string | null;
  /** What may be interrupted; empty when nothing is. */
  impacts: ("jobs" | "endpoints")[];
  message: string;
};

/** The settings of an extension as far as they can be compared: plain ones, and the keys of the protected ones. */
export type SettingsState = { settings: Record<string, string>; protectedKeys: readonly string[] };

type Rule = { impacts: RiskyChange["impacts"]; message: string; only?: "off" | "on" };

const rules: Record<string, Rule> = {
  enableTraining: { only: "off", impacts: ["jobs"], message: "Switching training off stops the jobs that run." },
  enableInference: { only: "off", impacts: ["endpoints"], message: "Switching inference off takes every online endpoint away." },
  installNvidiaDevicePlugin: {
    only: "off",
    impacts: ["jobs", "endpoints"],
    message: "Without NVIDIA's device plugin, workloads lose their GPUs unless another one is installed.",
  },
  allowInsecureConnections: { impacts: ["endpoints"], message: "Callers have to change between HTTP and HTTPS." },
  inferenceRouterServiceType: { impacts: ["endpoints"], message: "The address of every online endpoint changes." },
  internalLoadBalancerProvider: { impacts: ["endpoints"], message: "The endpoints move between a public and a private address." },
  sslCname: { impacts: ["endpoints"], message: "The name of every online endpoint changes, and the certificate must be for the new one." },
  logAnalyticsWS: {
    only: "on",
    impacts: [],
    message: "All protected settings have to be given again with it: those left out are deleted.",
  },
};

/**
 * What an update may hurt: the changes for which the az CLI asks "Proceed?" before a PATCH, and the two that Azure makes silently. Plain
 * settings are merged, so a node selector that is left out stays; protected ones are replaced as a whole. In the order of the keys.
 */
export function riskyChanges(before: SettingsState, after: SettingsState): RiskyChange[] {
  const keys = [...new Set([...Object.keys(before.settings), ...Object.keys(after.settings)])].sort();
  const found = keys.flatMap((key) => (key.startsWith("nodeSelector.") ? selector(key, before, after) : ofKey(key, before, after)));
  return [...found, ...lost(before, after)];
}

const textOf = ({ settings }: SettingsState, key: string): string | null => (Object.hasOwn(settings, key) ? (settings[key] ?? null) : null);

function ofKey(key: string, before: SettingsState, after: SettingsState): RiskyChange[] {
  const rule = Object.hasOwn(rules, key) ? rules[key] : undefined;
  if (rule === undefined) return [];
  const from = textOf(before, key);
  const to = textOf(after, key);
  const fallback = settingOf(key)?.fallback ?? "";
  const [was, is] = [from ?? fallback, to ?? fallback].map((text) => text.toLowerCase()) as [string, string];
  if (was === is) return [];
  if (rule.only === "off" && !(isTrue(was) && isFalse(is))) return [];
  if (rule.only === "on" && !isTrue(is)) return [];
  return [{ key, from, to, impacts: rule.impacts, message: rule.message }];
}

function selector(key: string, before: SettingsState, after: SettingsState): RiskyChange[] {
  const from = textOf(before, key);
  const to = textOf(after, key);
  if (from === to) return [];
  if (to === null)
    return [
      {
        key,
        from,
        to,
        impacts: [],
        message: "An update cannot take a node selector away: it stays. Install the extension again to be rid of it.",
      },
    ];
  return [{ key, from, to, impacts: ["jobs", "endpoints"], message: "Services and workloads move to nodes with this label." }];
}

function lost(before: SettingsState, after: SettingsState): RiskyChange[] {
  if (after.protectedKeys.length === 0) return [];
  return before.protectedKeys
    .filter((key) => !after.protectedKeys.includes(key))
    .sort()
    .map((key) => ({
      key,
      from: null,
      to: null,
      impacts: key.startsWith("ssl") || key.startsWith("scoringFe.") ? ["endpoints"] : [],
      message: `${key} is deleted: Azure replaces the protected settings as a whole, and it is not among those given.`,
    }));
}
