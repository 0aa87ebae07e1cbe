import {
  Ban,
  CheckCircle2,
  CircleDashed,
  CloudCog,
  Eye,
  Hourglass,
  KeyRound,
  ListStart,
  LoaderCircle,
  Lock,
  XCircle,
  type Icon,
} from "@/components/ui/icons";
import type { Tone } from "@/components/ui/tone";
import { type Effect, isOpen, type RunState } from "@/lib/runs/state";

type Look = { word: string; icon: Icon; tone: Tone; meaning: string };

/** How a state of a run looks, and what it means. */
export const runStateLooks: Record<RunState, Look> = {
  queued: { word: "Queued", icon: ListStart, tone: "neutral", meaning: "The worker takes it up in a moment." },
  running: { word: "Running", icon: LoaderCircle, tone: "info", meaning: "Bindery reads, checks and calls Azure." },
  "waiting-for-azure": { word: "Waiting for Azure", icon: CloudCog, tone: "info", meaning: "Azure took the change and works on it." },
  settling: { word: "Settling", icon: Hourglass, tone: "info", meaning: "Azure has recorded it; the cluster follows within minutes." },
  "sign-in-needed": { word: "Sign-in needed", icon: KeyRound, tone: "warning", meaning: "Entra wants the acting person again." },
  "rights-needed": { word: "Rights needed", icon: Lock, tone: "warning", meaning: "The acting person lacks an Azure role for this." },
  done: { word: "Done", icon: CheckCircle2, tone: "success", meaning: "Every step is done." },
  failed: { word: "Failed", icon: XCircle, tone: "danger", meaning: "It stopped; nothing goes on by itself." },
  cancelled: { word: "Cancelled", icon: Ban, tone: "neutral", meaning: "A person stopped it." },
};

/** How far a change has taken effect. Only what was *seen* in the cluster is proof. */
export const effectLooks: Record<Effect, Look> = {
  accepted: { word: "Accepted", icon: CircleDashed, tone: "info", meaning: "Azure took the change; nothing is known to hold yet." },
  recorded: {
    word: "Recorded",
    icon: CircleDashed,
    tone: "info",
    meaning: "Azure's record equals the plan; the cluster may not know yet.",
  },
  settling: { word: "Settling", icon: Hourglass, tone: "info", meaning: "The cluster follows Azure's record within minutes." },
  "in-effect-assumed": {
    word: "In effect, assumed",
    icon: CheckCircle2,
    tone: "success",
    meaning:
      "The settling time is over and Azure's record still equals the plan. It was not seen in the cluster itself, so this is not proof.",
  },
  "in-effect-seen": { word: "In effect, seen", icon: Eye, tone: "success", meaning: "Read from the cluster itself: this is proof." },
  removed: { word: "Removed", icon: CircleDashed, tone: "info", meaning: "Azure's record is gone; the cluster may still allow it." },
  "gone-assumed": {
    word: "Gone, assumed",
    icon: CheckCircle2,
    tone: "success",
    meaning: "The settling time is over and Azure's record is still gone. It was not seen in the cluster itself, so this is not proof.",
  },
  "gone-seen": { word: "Gone, seen", icon: Eye, tone: "success", meaning: "Read from the cluster itself: this is proof." },
};

/**
 * The effect as it is shown: a run of several steps has none of its own before its last, but once Azure took one of its writes the change is
 * *accepted*. `steps`: where they are known.
 */
export function shownEffect(run: {
  state: string;
  effect: Effect | null;
  written: boolean;
  steps?: { stepId: string; state: string; attempt: number }[];
}): Effect | null {
  if (run.effect !== null || !isOpen(run.state) || !run.written) return run.effect;
  const isTaken = run.steps?.some(({ stepId, state, attempt }) => stepId !== "check" && state === "done" && attempt > 0) === true;
  return isTaken || run.state === "waiting-for-azure" ? "accepted" : null;
}

/** What is so of a run without any effect. `written`: Azure may have taken a write; `isKnown`: nobody has to look what came of it. */
export function nothingInEffect(state: string, written: boolean): { word: string; meaning: string; isKnown: boolean } {
  if (isOpen(state)) {
    return written
      ? { word: "none yet", meaning: "A write was sent to Azure; what comes of it is not known yet.", isKnown: true }
      : { word: "none yet", meaning: "Azure has not taken anything yet.", isKnown: true };
  }
  return written
    ? {
        word: "Not known",
        meaning: "A write was sent to Azure, and what came of it was not seen: look at what is there now.",
        isKnown: false,
      }
    : { word: "nothing written", meaning: "Azure took nothing of this run, so nothing of it stays.", isKnown: true };
}
