"use client";
import { CirclePause, CirclePlay } from "@/components/ui/icons";
import { useState } from "react";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Reasoned } from "@/components/ui/reasoned";
import { Section } from "@/components/ui/section";
import { Time } from "@/components/ui/time";
import { PauseDialog } from "./pause-dialog";
import type { SettingsAnswer } from "./queries";

/** The switch that stops every write to Azure, for when something is wrong: its state, and who threw it why. */
export function PauseWrites({ paused, mayPause }: { paused: SettingsAnswer["writesPaused"]; mayPause: boolean }) {
  const [open, setOpen] = useState(false);
  const isPaused = paused !== null;
  return (
    <Section title="Writes to Azure">
      <div className="flex flex-wrap items-start justify-between gap-3">
        <div className="min-w-0 flex-1 basis-64 space-y-1">
          <Badge tone={isPaused ? "warning" : "success"} icon={isPaused ? CirclePause : CirclePlay}>
            {isPaused ? "Paused" : "On"}
          </Badge>
          {isPaused ? (
            <p className="break-words text-ink-2">
              {paused.by} paused them <Time iso={paused.at} />. Runs wait before their next write; what Azure already took goes on there.
              <span className="block text-ink">{paused.reason}</span>
            </p>
          ) : (
            <p className="text-ink-2">
              Approved runs write. Pausing lets nothing more leave for Azure, from anybody, until somebody resumes; requests and approvals
              go on.
            </p>
          )}
        </div>
        <Reasoned why={mayPause ? null : "Approvers and Administrators may pause writes."}>
          {(describedBy) => (
            <Button
              kind={isPaused ? "primary" : "secondary"}
              icon={isPaused ? CirclePlay : CirclePause}
              disabled={!mayPause}
              aria-describedby={describedBy}
              onClick={() => setOpen(true)}
            >
              {isPaused ? "Resume writes…" : "Pause writes…"}
            </Button>
          )}
        </Reasoned>
      </div>
      <PauseDialog pausing={!isPaused} open={open} onClose={() => setOpen(false)} />
    </Section>
  );
}
