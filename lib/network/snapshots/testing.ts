import { readEventText } from "@/lib/audit/event";
import { db } from "@/lib/db/client";
import { fileOf, fileTag } from "../testing";
import { importTags, type Imported } from "./import-tags";
import type { Origin } from "./store";

/** For tests: a weekly file with these ranges, by tag. */
export function weekly(changeNumber: number, tags: Record<string, readonly string[]>): string {
  const values = Object.entries(tags).map(([name, prefixes]) => fileTag(name, name.split(".")[1]?.toLowerCase() ?? "", [...prefixes]));
  return fileOf(values, { changeNumber });
}

/** For tests: that many ranges. */
export const ranges = (count: number, second = 42): string[] => Array.from({ length: count }, (_, at) => `20.${second}.${at}.0/24`);

/** For tests: an import of the worker from a file, or from ARM. */
export function bring(text: string, more: Partial<Origin> = {}): Promise<Imported> {
  return importTags(text, { source: "file", whereFrom: "tags.json", publishedAt: null, ...more }, null);
}

/** For tests: forgets all service tags. */
export async function forgetTags(): Promise<void> {
  await db().tagSighting.deleteMany();
  await db().tagSnapshot.deleteMany();
  await db().tagWarning.deleteMany();
  await db().tagFetch.deleteMany();
}

/** For tests: what is on record of service tags, the oldest first: `service-tags-imported ok by Ada`. */
export async function trail(): Promise<string[]> {
  const rows = await db().auditEvent.findMany({
    where: { subjectType: { in: ["service-tags", "service-tag"] } },
    orderBy: { sequence: "asc" },
  });
  return rows
    .map(({ event }) => readEventText(event))
    .map(({ action, outcome, actor }) => `${action} ${outcome} by ${actor?.name ?? "nobody"}`);
}
