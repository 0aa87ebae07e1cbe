/** What sources showed of one snapshot under one change number. Times are ISO 8601, UTC. */
export type Shown = {
  snapshotId: string;
  /** Shown by the weekly file (uploaded, or read by the worker), and not by ARM. */
  isFile: boolean;
  changeNumber: number;
  /** When it was published by the name of the file, else first seen. */
  firstAt: string;
  /** When a source last showed it. */
  lastAt: string;
};

/** A snapshot in the order of publication, and since when it is known to have been out. */
export type Published = { snapshotId: string; at: string };

/** ARM lags behind the weekly file by up to four weeks (azure-docs, articles/virtual-network/service-tags-overview.md). */
const armLagMs = 28 * 86_400_000;

/**
 * The snapshots of one cloud from the oldest to the newest; the last one is the current one.
 *
 * Weekly files come in the order of their change numbers, which rise with every publication, whenever each of them was imported: an old file that is
 * imported for its history replaces nothing. An answer of ARM is a subset and up to four weeks old, so it stands for the newest only
 * where no file is known, or where ARM still shows it more than four weeks after any source last showed the newest file. Among
 * answers of ARM the change number decides, then which was seen last, since answers of several locations differ.
 */
export function successionOf(shown: readonly Shown[]): Published[] {
  const files = shown.filter(({ isFile }) => isFile).sort((a, b) => a.changeNumber - b.changeNumber || compare(a.firstAt, b.firstAt));
  const newestFile = files.at(-1);
  const arm = shown
    .filter(({ isFile, lastAt }) => !isFile && (newestFile === undefined || Date.parse(lastAt) - armLagMs > Date.parse(newestFile.lastAt)))
    .sort((a, b) => a.changeNumber - b.changeNumber || compare(a.lastAt, b.lastAt));
  return [...outBefore(files), ...outBefore(newestFile === undefined ? arm : arm.map((one) => notBefore(one, newestFile.lastAt)))];
}

/** What comes before another in the order was out by then, also where it was seen here later. */
function outBefore(ordered: readonly Shown[]): Published[] {
  let next = "9999";
  return ordered
    .toReversed()
    .map(({ snapshotId, firstAt }) => {
      next = firstAt < next ? firstAt : next;
      return { snapshotId, at: next };
    })
    .toReversed();
}

const notBefore = (one: Shown, at: string): Shown => ({ ...one, firstAt: one.firstAt < at ? at : one.firstAt });
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The day in the name of a weekly file, `ServiceTags_Public_20251110.json`, as ISO 8601; null for none, or one that is yet to come. */
export function publishedBy(fileName: string, now: Date): Date | null {
  const [, year, month, day] = /_(\d{4})(\d\d)(\d\d)\.json$/i.exec(fileName) ?? [];
  const date = new Date(`${year}-${month}-${day}T00:00:00Z`);
  return Number.isNaN(date.getTime()) || date.getUTCDate() !== Number(day) || date > now ? null : date;
}
