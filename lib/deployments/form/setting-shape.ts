import type { Answer } from "@/lib/http/contract";
import type { Setting } from "../settings/table";

type Shape = Answer<"GET /api/v1/deployments/settings">["settings"][number];

/** A setting of the table as the form edits it. */
export function settingShape({ key, kind, choices, fallback, meaning, protected: secret }: Setting): Shape {
  return { key, kind, ...(choices === undefined ? {} : { choices: [...choices] }), fallback, meaning, protected: secret };
}
