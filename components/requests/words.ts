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
};

/** Word of a kind as it comes from the server. */
export function kindWord(kind: string): string {
  return kindWords[kind as RequestKind] ?? kind;
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
