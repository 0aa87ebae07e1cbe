import type { z } from "zod";
import type { BindingRow, BindingStanding } from "@/lib/clusters/schema";

export type Standing = z.infer<typeof BindingStanding>;
export type Binding = z.infer<typeof BindingRow>;

/** Tone of a state: which colour and icon stand beside its word. */
type Tone = "success" | "info" | "warning" | "danger" | "neutral";

/** What a standing is called, how it looks, and what it means to someone who sees it for the first time. */
export const standings: Record<Standing, { word: string; tone: Tone; meaning: string }> = {
  "approved-here": { word: "Approved here", tone: "success", meaning: "Azure holds exactly what was approved here." },
  "made-outside": { word: "Made outside", tone: "info", meaning: "Azure holds it, and no request here asked for it." },
  missing: { word: "Missing", tone: "warning", meaning: "It was approved and made here, and Azure no longer holds it." },
  different: { word: "Different", tone: "warning", meaning: "Azure holds something else than what was approved here." },
  failed: { word: "Failed", tone: "danger", meaning: "Azure says that this binding failed to be made." },
};

/** The standings in the order of the filter chips: what needs a look first. */
export const standingOrder = ["different", "missing", "failed", "made-outside", "approved-here"] as const satisfies readonly Standing[];

/** Where the form of a new request starts, filled in for this binding. */
export function requestPath(
  kind: "binding-grant" | "binding-update" | "binding-revoke",
  binding: { clusterId: string; name: string },
): string {
  return `/requests/new?${new URLSearchParams({ kind, cluster: binding.clusterId, name: binding.name })}`;
}
