import type { Tone } from "@/components/ui/tone";
import type { Imported } from "./queries";

/** What an import came to, in words. `from`: by which way; `before`: id of the snapshot that was in use; undefined: none was, or it is not known. */
export function importWords(
  { snapshotId, isNew, isCurrent, changeNumber, tagCount, warnings }: Imported,
  from: "file" | "azure",
  before: string | undefined,
): { tone: Exclude<Tone, "neutral">; title: string; text: string } {
  const number = `Service tags ${changeNumber}`;
  if (isCurrent && snapshotId === before)
    return { tone: "info", title: `${number} are in use already`, text: "The content is that of the snapshot in use: nothing changes." };
  if (isCurrent) {
    const known = isNew ? "" : "They were seen before, and are the newest again. ";
    const lost = warnings === 0 ? "" : ` ${warnings === 1 ? "1 tag" : `${warnings} tags`} lost ranges: see the warning above.`;
    return {
      tone: warnings === 0 ? "success" : "warning",
      title: `${number} are in use`,
      text: `${known}They hold ${tagCount} tags.${lost}`,
    };
  }
  const kept = isNew ? "They are kept for the history." : "They were seen before.";
  const why =
    from === "azure"
      ? "What Azure answers is a part of the weekly file and up to four weeks old, so that the file stays in use."
      : "Newer ones stay in use.";
  return { tone: "info", title: `${number} are older than those in use`, text: `${kept} ${why}` };
}

/** A size in MB, as `4.1 MB`. */
export const megabytes = (bytes: number): string => `${(bytes / 1024 / 1024).toFixed(1)} MB`;
