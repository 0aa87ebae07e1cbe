import type { Answer } from "@/lib/http/contract";
import type { Change } from "../settings/finding";
import { type Preset, presets } from "../settings/presets";
import { settingsTable } from "../settings/table";
import { settingShape } from "./setting-shape";

/** The settings that a person may give by a value, and the presets, as fixes that the form applies. The same for everybody. */
export async function readSettings(): Promise<Answer<"GET /api/v1/deployments/settings">> {
  return {
    settings: settingsTable.filter((one) => one.kind !== "pem" && one.derived !== true && !("match" in one)).map(settingShape),
    presets: presets.map((preset) => ({
      id: preset.id,
      title: preset.title,
      meaning: preset.meaning,
      changes: changesOf(preset),
      asks: preset.asks,
    })),
  };
}

function changesOf({ settings, clears }: Preset): Change[] {
  return [
    ...clears.flatMap((key): Change[] => [
      { do: "remove", in: "settings", key },
      { do: "remove", in: "protected", key },
    ]),
    ...Object.entries(settings).map(([key, value]): Change => ({ do: "set", in: "settings", key, value })),
  ];
}
