import { queryOf } from "@/components/shell/query";
import type { Answer } from "@/lib/http/contract";

export type SettingsAnswer = Answer<"GET /api/v1/settings">;
export type SessionRow = Answer<"GET /api/v1/sessions">["items"][number];

export const settingsQuery = () => queryOf("GET /api/v1/settings");
export const sessionsQuery = () => queryOf("GET /api/v1/sessions");
