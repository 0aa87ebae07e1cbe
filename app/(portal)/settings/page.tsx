import type { Metadata } from "next";
import { SettingsPage } from "@/components/settings/settings-page";
import { Prefetched, serverRead } from "@/components/shell/prefetched";
import { requireActor } from "@/lib/auth/gate";
import { readSessions } from "@/lib/auth/read";
import { readSettingsPage } from "@/lib/settings/read";

export const metadata: Metadata = { title: "Settings" };

/** The settings in force, the sessions, and the switch that pauses all writes. */
export default async function Settings() {
  const actor = await requireActor();
  return (
    <Prefetched
      reads={[
        serverRead(actor, "GET /api/v1/settings", {}, () => readSettingsPage(actor)),
        serverRead(actor, "GET /api/v1/sessions", {}, () => readSessions(actor)),
      ]}
    >
      <SettingsPage />
    </Prefetched>
  );
}
