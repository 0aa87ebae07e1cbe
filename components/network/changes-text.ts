import type { Answer } from "@/lib/http/contract";

export type Comparison = Answer<"GET /api/v1/network/snapshots/compare">;

/** Changes as text to paste: under each tag's name its ranges, `+` for one that came and `-` for one that went; what is not shown is told. */
export function changesText(tags: Comparison["tags"]): string {
  return tags
    .flatMap(({ name, added, addedCount, removed, removedCount }) => [
      name,
      ...added.map((range) => `+ ${range}`),
      ...rest("+", addedCount - added.length),
      ...removed.map((range) => `- ${range}`),
      ...rest("-", removedCount - removed.length),
      "",
    ])
    .join("\n");
}

const rest = (sign: string, more: number): string[] => (more > 0 ? [`${sign} and ${more} more`] : []);
