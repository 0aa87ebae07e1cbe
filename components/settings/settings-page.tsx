"use client";
import { useQuery } from "@tanstack/react-query";
import { useMe } from "@/components/shell/me";
import { ProblemNotice } from "@/components/ui/problem";
import { PageHeader, Section } from "@/components/ui/section";
import { SkeletonRows } from "@/components/ui/skeleton";
import { PauseWrites } from "./pause-writes";
import { settingsQuery } from "./queries";
import { Sessions } from "./sessions";
import { SettingsTable } from "./settings-table";

/** Whether Bindery writes to Azure, who is signed in, and with what settings this installation runs. */
export function SettingsPage() {
  const { data, error, refetch } = useQuery(settingsQuery());
  const me = useMe();
  return (
    <>
      <PageHeader title="Settings" />
      <div className="space-y-3">
        {error !== null && <ProblemNotice error={error} onRetry={() => void refetch()} />}
        {data !== undefined && <PauseWrites paused={data.writesPaused} mayPause={me?.can.pauseWrites === true} />}
        <Sessions everybody={me?.can.administer === true} />
        <Section title="Settings in force" flush aside="secrets are never shown">
          {data === undefined && error === null && <SkeletonRows rows={10} />}
          {data !== undefined && <SettingsTable items={data.items} />}
        </Section>
      </div>
    </>
  );
}
