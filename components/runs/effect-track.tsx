import clsx from "clsx";
import { Check } from "@/components/ui/icons";
import { hourMinute, hourMinuteSecond } from "@/components/ui/time-words";
import type { RunDetail } from "./queries";
import { effectLooks, nothingInEffect, shownEffect } from "./words";

const granting = ["accepted", "recorded", "settling", "in-effect"] as const;
const revoking = ["accepted", "removed", "settling", "gone"] as const;

/** The stations of effect, from accepted by Azure to in effect, with the one that is reached; each is said, none is blurred into the next. */
export function EffectTrack({ run }: { run: RunDetail }) {
  const isRevoke = run.kind === "binding-revoke" || run.kind === "ml-teardown";
  const stations = isRevoke ? revoking : granting;
  const effect = shownEffect(run);
  const at = effect === null ? -1 : stations.findIndex((station) => station === effect || effect.startsWith(`${station}-`));
  const isSeen = effect?.endsWith("-seen") === true;
  return (
    <div className="space-y-2">
      <ol aria-label="Effect" className="grid grid-cols-4 gap-1">
        {stations.map((station, index) => (
          <li key={station} aria-current={index === at ? "step" : undefined} className="min-w-0">
            <span aria-hidden className={clsx("block h-1 rounded-full", barClass(index, at, stations.length))} />
            <span className={clsx("mt-1 flex items-center gap-1 text-xs", index <= at ? "font-medium text-ink" : "text-ink-3")}>
              {(index < at || (index === at && at === stations.length - 1)) && (
                <Check aria-hidden className="size-3 shrink-0 text-success-ink" />
              )}
              {stationWord(station, run, isSeen, index === at)}
            </span>
          </li>
        ))}
      </ol>
      <p className="text-xs text-ink-3">
        {effect === null ? nothingInEffect(run.state, run.written).meaning : effectLooks[effect].meaning}
        {effect !== null && !isSeen && at === stations.length - 1 && " Only what was seen is proof."}
      </p>
    </div>
  );
}

function barClass(index: number, at: number, length: number): string {
  if (index > at) return "bg-line";
  return index === at && at < length - 1 ? "bg-brand" : "bg-success-ink";
}

function stationWord(station: string, run: RunDetail, isSeen: boolean, current: boolean): string {
  if (station === "settling") {
    if (run.settlesAt === null || !current) return "settling";
    const soon = Date.parse(run.settlesAt) % 60_000 !== 0;
    return `settling until ${soon ? hourMinuteSecond(run.settlesAt) : hourMinute(run.settlesAt)} UTC`;
  }
  if (station !== "in-effect" && station !== "gone") return station;
  const word = station === "gone" ? "gone" : "in effect";
  return current ? `${word}, ${isSeen ? "seen" : "assumed"}` : word;
}
