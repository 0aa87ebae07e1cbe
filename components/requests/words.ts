import { Ban, CheckCircle2, CircleDot, Hourglass, TimerOff, Undo2, type Icon } from "@/components/ui/icons";
import type { Tone } from "@/components/ui/tone";
import type { RequestKind } from "@/lib/plans/plan";
import type { RequestState } from "@/lib/requests/state";

/** What a kind of request is called. */
export const kindWords: Record<RequestKind, string> = {
  "binding-grant": "Grant",
  "binding-update": "Change",
  "binding-revoke": "Revoke",
  "ml-deploy": "Deploy Azure ML",
  "ml-teardown": "Take Azure ML down",
  "network-authorize": "Change authorized ranges",
};

/** Word of a kind as it comes from the server. */
export function kindWord(kind: string): string {
  return kindWords[kind as RequestKind] ?? kind;
}

/** What planning again came to. `stoppedBefore`: a check stopped the plan when the page was read. */
export function againWords(answer: { changed: boolean; version: number; stops: string[] }, stoppedBefore: boolean): string {
  const { changed, version, stops } = answer;
  const plan = changed ? `The facts changed: plan ${version} is the present one` : "The plan is the same";
  if (stops.length > 0)
    return `${plan}; ${stops.length === 1 ? "1 check now stops it" : `${stops.length} checks now stop it`}: ${stops.join(" ")}`;
  if (stoppedBefore) return `${plan}; no check stops it any more.`;
  return changed ? `${plan}.` : "Nothing has changed: the plan holds.";
}

/** How a state of a request looks: word, icon, tone. */
export const stateLooks: Record<RequestState, { word: string; icon: Icon; tone: Tone }> = {
  waiting: { word: "Waiting", icon: Hourglass, tone: "warning" },
  approved: { word: "Approved", icon: CheckCircle2, tone: "info" },
  rejected: { word: "Rejected", icon: Ban, tone: "danger" },
  withdrawn: { word: "Withdrawn", icon: Undo2, tone: "neutral" },
  expired: { word: "Expired", icon: TimerOff, tone: "neutral" },
  done: { word: "Done", icon: CircleDot, tone: "success" },
};
