import type { Finding } from "../../settings/finding";
import { lintSettings } from "../../settings/lint";
import { settingOf } from "../../settings/table";
import type { ExtensionInput } from "../../settings/input";
import { type About, block, type Check, ok, type PreflightCheck, type PreflightGroup } from "../check";
import type { DeploymentFacts } from "../facts";
import { settingsFacts } from "../settings-facts";

const clean = { key: "settings", group: "settings", title: "Settings", field: "extension.settings" } as const;
/** Findings that are less about the settings than about the cluster. */
const groupOf: Record<string, PreflightGroup> = {
  "too-few-nodes": "capacity",
  "perhaps-too-few-nodes": "capacity",
  "volcano-there": "conflicts",
  "volcano-missing": "conflicts",
  "prometheus-there": "conflicts",
  "prometheus-missing": "conflicts",
  "ingress-there": "conflicts",
};

/** What the check of the settings finds against this cluster. Its errors stop the request; its notices stay in the form. */
export const checkSettings: Check = ({ input, facts }) => {
  if (input.extension === "present") return [];
  const found = lintSettings(input.extension, settingsFacts(input.extension, facts)).filter(({ level }) => level !== "info");
  const checks = [...found.map(toCheck), ...notKept(input.extension, facts)];
  return checks.some(({ group }) => group === "settings") ? checks : [ok(clean, "The settings are in order."), ...checks];
};

function toCheck({ rule, key, level, message, remedy }: Finding): PreflightCheck {
  const about: About = { key: `settings:${rule}:${key}`, group: groupOf[rule] ?? "settings", title: key, field: fieldOf(key) };
  return { ...about, status: level === "error" ? "blocking" : "warning", message, remedy };
}

/** A reference stands for a value that this very person entered for this very key, and that is not wiped yet. */
function notKept({ protected: refs }: ExtensionInput, { kept }: DeploymentFacts): PreflightCheck[] {
  return Object.entries(refs).flatMap(([key, { ref }]) => {
    const found = kept.find((one) => one.ref === ref);
    if (found?.key === key) return [];
    const about: About = { key: `protected:${key}`, group: "settings", title: key, field: `extension.protected.${key}` };
    const message =
      found === undefined
        ? `The value of ${key} is not kept: it was wiped, at the latest after 72 hours, or somebody else entered it.`
        : `The value that is given for ${key} was entered for ${found.key}.`;
    return [block(about, message, "Enter it again; where the request was sent already, in a new one.")];
  });
}

/** Findings are about a setting, or about a part of the extension by its own name. */
function fieldOf(key: string): string {
  if (key === "name" || key === "version") return `extension.${key}`;
  if (key === "release-train") return "extension.releaseTrain";
  return settingOf(key)?.protected === true ? `extension.protected.${key}` : `extension.settings.${key}`;
}
