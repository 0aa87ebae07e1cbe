import { CircleCheck, CircleOff, CircleX, GitCompareArrows, ScanSearch, type Icon } from "@/components/ui/icons";
import type { Tone } from "@/components/ui/tone";
import type { Answer } from "@/lib/http/contract";

/** A role binding as lists show it: what was approved here beside what Azure holds. */
export type Binding = Answer<"GET /api/v1/bindings">["items"][number];
export type Standing = Binding["standing"];

/** What a standing is called, how it looks, and what it means to someone who sees it for the first time. */
export const standings: Record<Standing, { word: string; tone: Tone; icon: Icon; meaning: string }> = {
  "approved-here": { word: "Approved here", tone: "success", icon: CircleCheck, meaning: "Azure holds exactly what was approved here." },
  "made-outside": { word: "Made outside", tone: "info", icon: ScanSearch, meaning: "Azure holds it, and no request here asked for it." },
  missing: { word: "Missing", tone: "warning", icon: CircleOff, meaning: "It was approved and made here, and Azure no longer holds it." },
  different: {
    word: "Different",
    tone: "warning",
    icon: GitCompareArrows,
    meaning: "Azure holds something else than what was approved here.",
  },
  failed: { word: "Failed", tone: "danger", icon: CircleX, meaning: "Azure says that this binding failed to be made." },
};

/** The standings in the order of the filter chips: what needs a look first. */
export const standingOrder = ["different", "missing", "failed", "made-outside", "approved-here"] as const satisfies readonly Standing[];

type FormStart = { kind: "binding-grant" | "binding-update" | "binding-revoke"; clusterId: string; name?: string };

/** Where the form of a new request starts, filled in for this binding or cluster. */
export function requestPath({ kind, clusterId, name }: FormStart): string {
  return `/requests/new?${new URLSearchParams({ kind, cluster: clusterId, ...(name === undefined ? {} : { name }) })}`;
}
