import type { Actor } from "@/lib/auth/actor";
import { cloud } from "@/lib/azure/cloud";
import type { Answer } from "@/lib/http/contract";
import { withoutQuery } from "@/lib/kernel/allowed-address";
import { settings, SettingsSchema } from "@/lib/kernel/settings";
import { pausedWrites } from "./pause";

/** Settings whose value is never shown, only that it is there. */
const secret: ReadonlySet<string> = new Set(["DATABASE_URL", "BINDERY_SEALING_KEYS", "BINDERY_CLIENT_SECRET"]);

type Item = Answer<"GET /api/v1/settings">["items"][number];

/** The settings in force, as their page shows them: secrets by the fact that they are set, files by their names. */
export async function readSettingsPage(_actor: Actor): Promise<Answer<"GET /api/v1/settings">> {
  return { items: [...settingItems(), ...cloudItems()], writesPaused: await pausedWrites() };
}

function settingItems(): Item[] {
  const values = settings();
  return Object.entries(SettingsSchema.shape).map(([key, shape]): Item => {
    const value = values[key as keyof typeof SettingsSchema.shape];
    const given = process.env[key] !== undefined && process.env[key] !== "";
    return { key, label: shape.description ?? key, value: textOf(key, value), from: given ? "environment" : "default" };
  });
}

function textOf(key: string, value: string | number | boolean | string[] | undefined): string {
  if (key === "BINDERY_ORIGIN") return settings().origin.origin;
  if (value === undefined) return "not set";
  if (key === "BINDERY_SEALING_KEYS") return `set; key ids ${keyIds(settings().BINDERY_SEALING_KEYS).join(", ")}`;
  if (key === "BINDERY_SERVICE_TAGS") return value === undefined ? "not set" : withoutQuery(String(value));
  if (secret.has(key)) return "set, not shown";
  return Array.isArray(value) ? value.join(", ") : `${value}`;
}

const keyIds = (keys: string): string[] => keys.split(",").map((part) => part.trim().split(":")[0] ?? "");

function cloudItems(): Item[] {
  const { name, authorityHost, armEndpoint, armAudience, kubernetesAudience, settleMs, pollFloorMs } = cloud();
  const from = `cloud ${name}`;
  return [
    { key: "cloud.authorityHost", label: "Entra", value: authorityHost, from },
    { key: "cloud.armEndpoint", label: "Azure Resource Manager", value: armEndpoint, from },
    { key: "cloud.armAudience", label: "Audience of ARM tokens", value: armAudience, from },
    { key: "cloud.kubernetesAudience", label: "Audience of cluster tokens", value: kubernetesAudience, from },
    { key: "cloud.settleMs", label: "A cluster follows Azure within", value: `${settleMs / 1000} s`, from },
    { key: "cloud.pollFloorMs", label: "Shortest wait between two looks at an operation", value: `${pollFloorMs / 1000} s`, from },
  ];
}
