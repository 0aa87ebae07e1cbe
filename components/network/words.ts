import { CircleCheck, CircleDashed, CircleSlash, CircleX, Globe, HelpCircle, type Icon } from "@/components/ui/icons";
import type { Tone } from "@/components/ui/tone";
import type { ClusterCoverage, CoverageDetail, Snapshot, TagWarning } from "./queries";

type Look = { tone: Tone; icon: Icon; word: string };

/** How the state of a whole list looks. */
export const coverageLooks: Record<CoverageDetail["state"], Look> = {
  covered: { tone: "success", icon: CircleCheck, word: "Covered" },
  partly: { tone: "warning", icon: CircleDashed, word: "Partly covered" },
  missing: { tone: "danger", icon: CircleX, word: "Not covered" },
  open: { tone: "warning", icon: Globe, word: "Open to all" },
  "not-applicable": { tone: "neutral", icon: CircleSlash, word: "Not applicable" },
  unknown: { tone: "neutral", icon: HelpCircle, word: "Not known" },
};

/** How the state of one range looks. */
export const rangeLooks: Record<NonNullable<CoverageDetail["ranges"][number]["state"]>, Look> = {
  covered: { tone: "success", icon: CircleCheck, word: "Covered" },
  partial: { tone: "warning", icon: CircleDashed, word: "Partly" },
  missing: { tone: "danger", icon: CircleX, word: "Missing" },
  "not-applicable": { tone: "neutral", icon: CircleSlash, word: "Not applicable" },
};

type AddressAnswer = Exclude<NonNullable<ClusterCoverage["answer"]>, { fault: string }>;

/** Whether an asked address is let in. */
export const answerLooks: Record<AddressAnswer["state"], { tone: "success" | "warning" | "info"; word: string }> = {
  covered: { tone: "success", word: "let in" },
  partial: { tone: "warning", word: "let in only in part" },
  missing: { tone: "info", word: "not let in" },
  "not-applicable": { tone: "info", word: "no list applies" },
  unknown: { tone: "warning", word: "not known" },
};

/** What an entry of the list is to Bindery, in words. */
export const entryWords: Record<CoverageDetail["entries"][number]["kind"], string> = {
  needed: "lets Azure ML in",
  stale: "added by Bindery, no longer needed",
  asked: "added by Bindery for people or nodes",
  foreign: "somebody else's",
  "service-tag": "service tag",
  "slb-only": "the load balancer's address",
  unreadable: "not readable",
};

export const scopeWords = {
  region: "The workspaces' regions",
  "region-and-pair": "Regions and their pairs",
  global: "All regions",
} as const;

/** What a tag lost, to stand behind its name. */
export function lossWords({ what, lost }: Pick<TagWarning, "what" | "lost">): string {
  const ranges = lost === 1 ? "1 range" : `${lost} ranges`;
  return what === "vanished" ? `is gone, with the ${ranges} that it had` : `lacks ${ranges} that it had`;
}

/** By which way a snapshot came, and by whom; null: the worker. */
export function sourceWords(source: Snapshot["sightings"][number]["source"], by: string | null): string {
  const way = { arm: "read from Azure", upload: "imported as a file", file: "read from a file", url: "read from an address" }[source];
  return `${way} by ${by ?? "the worker"}`;
}

/** The sighting that stands for a snapshot: the weekly file with the highest number, or else what was seen last. */
export const leading = (sightings: Snapshot["sightings"]): Snapshot["sightings"][number] | undefined =>
  sightings.filter(({ source }) => source !== "arm").toSorted((a, b) => b.changeNumber - a.changeNumber)[0] ?? sightings[0];
