import { handle } from "@/lib/http/handle";
import { readSettingsPage } from "@/lib/settings/read";

export const GET = handle("GET /api/v1/settings", ({ actor }) => readSettingsPage(actor));
