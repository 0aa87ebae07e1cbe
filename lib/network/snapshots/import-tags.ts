import { appendAudit } from "@/lib/audit/append";
import type { AuditActor } from "@/lib/audit/event";
import { cloud } from "@/lib/azure/cloud";
import { type Tx, transaction } from "@/lib/db/client";
import { notifyChange } from "@/lib/db/notify";
import { now } from "@/lib/kernel/clock";
import { BinderyError, isBinderyError } from "@/lib/kernel/errors";
import { newId } from "@/lib/kernel/ids";
import { log } from "@/lib/kernel/log";
import { settings } from "@/lib/kernel/settings";
import { readServiceTags } from "../tags/read-tags";
import type { TagSnapshot } from "../tags/snapshot";
import { packTags, rememberTags, tagsOf } from "./content-store";
import { type Judgement, judgeLosses } from "./losses";
import { insertSnapshot, knownSnapshot, lockTags, type Origin, shownTagsIn, sight } from "./store";
import { type Shown, successionOf } from "./succession";
import { keepJudgement, openLosses } from "./warning-store";

/** What an import came to. `warnings`: tags that the new current snapshot lacks, or lacks much of. */
export type Imported = {
  snapshotId: string;
  sightingId: string;
  isNew: boolean;
  isCurrent: boolean;
  changeNumber: number;
  tagCount: number;
  skipped: readonly string[];
  warnings: number;
};

/**
 * Reads a document of service tags and keeps what it says: the snapshot once for each content, that this source showed it, and, where it becomes
 * the current one (`successionOf`), the warnings that follow from that. On record, but for a source of the worker that shows what it
 * showed before. Throws `invalid_input` with the faults of a document that is refused or that is implausibly far ahead, and `conflict` for one that somebody withdrew; nothing is changed then, and nothing put on record.
 */
export async function importTags(text: string, origin: Origin, actor: AuditActor | null): Promise<Imported> {
  const { serviceTagsCloud } = cloud();
  const reading = readServiceTags(text, { cloud: serviceTagsCloud });
  if ("faults" in reading) throw refusalOf(reading, origin);
  const { snapshot } = reading;
  const imported = await transaction(async (tx) => {
    const at = now();
    const { changeNumber, skipped } = snapshot;
    await lockTags(tx, snapshot.cloud);
    const known = await knownSnapshot(tx, snapshot.cloud, snapshot.hash);
    if (known !== null && known.withdrawn !== null) throw withdrawnAlready(known.withdrawn);
    const id = known?.id ?? newId();
    // Packed by another thread while this one compares.
    const packing = known === null ? packTags(snapshot.tags) : null;
    const shown = await shownTagsIn(tx, snapshot.cloud);
    if (known === null) refuseLeap(shown, changeNumber, origin);
    const before = successionOf(shown).at(-1)?.snapshotId;
    const isCurrent = successionOf([...shown, showing(id, changeNumber, origin, at)]).at(-1)?.snapshotId === id;
    const judgement = isCurrent && before !== undefined && before !== id ? await judge(tx, snapshot, before) : nothingLost;
    if (packing !== null) await insertSnapshot(tx, id, snapshot, await packing, at);
    const sightingId = await sight(tx, id, changeNumber, origin, actor, at);
    await keepJudgement(tx, snapshot.cloud, id, judgement, at);
    const isNew = known === null;
    const result = { snapshotId: id, sightingId, isNew, isCurrent, changeNumber, tagCount: snapshot.tags.length, skipped };
    if (actor !== null || isNew || before !== id) await record(tx, snapshot, origin, actor, result, before ?? null, judgement);
    return { ...result, warnings: judgement.begun.length + judgement.goingOn.length };
  });
  if (imported.isNew && imported.isCurrent) rememberTags(imported.snapshotId, snapshot.tags);
  return imported;
}

/** Publications come once a week: a number that is this far ahead of all others would stand for the newest for good. */
const longestLeap = 1_000;

function refuseLeap(shown: readonly Shown[], changeNumber: number, origin: Origin): void {
  const alike = shown.filter(({ isFile }) => isFile === (origin.source !== "arm")).map((one) => one.changeNumber);
  const newest = Math.max(...alike);
  if (alike.length === 0 || changeNumber <= newest + longestLeap) return;
  throw new BinderyError("invalid_input", `The document's changeNumber is ${changeNumber}, and the newest known is ${newest}.`, {
    field: "document",
    remedy:
      "No publication is that far ahead. Download the weekly file from Microsoft and import it as it is. The service tags in use stay as they are.",
  });
}

function withdrawnAlready({ at, by, because }: { at: Date; by: string; because: string }): BinderyError {
  return new BinderyError("conflict", `${by} withdrew exactly these service tags on ${at.toISOString().slice(0, 10)}: ${because}`, {
    field: "document",
    remedy: "If they are right after all, an administrator lets that snapshot count again. The service tags in use stay as they are.",
  });
}

function showing(snapshotId: string, changeNumber: number, { source, publishedAt }: Origin, at: Date): Shown {
  const lastAt = at.toISOString();
  return { snapshotId, isFile: source !== "arm", changeNumber, firstAt: publishedAt?.toISOString() ?? lastAt, lastAt };
}

const nothingLost: Judgement = { begun: [], goingOn: [], restored: [] };

async function judge(tx: Tx, { cloud, tags }: TagSnapshot, before: string): Promise<Judgement> {
  return judgeLosses(await tagsOf(tx, before), await openLosses(tx, cloud), tags);
}

async function record(
  tx: Tx,
  { hash, tags, changeNumber }: TagSnapshot,
  origin: Origin,
  actor: AuditActor | null,
  { snapshotId, isNew, isCurrent }: Pick<Imported, "snapshotId" | "isNew" | "isCurrent">,
  before: string | null,
  { begun, restored }: Judgement,
): Promise<void> {
  const tid = settings().BINDERY_TENANT_ID.toLowerCase();
  const standing = isCurrent ? "they are the current ones" : "newer ones stay the current ones";
  await appendAudit(tx, {
    tid,
    action: "service-tags-imported",
    outcome: "ok",
    actor,
    subject: { type: "service-tags", id: snapshotId },
    summary: `Service tags ${changeNumber} from ${sourceWords(origin)}, ${isNew ? "not seen before" : "known already"}: ${standing}`,
    before: before === null ? null : { current: before },
    after: { current: isCurrent ? snapshotId : before },
    detail: {
      ...origin,
      hash,
      changeNumber,
      tags: tags.length,
      lost: begun.slice(0, 100).map(({ tag, what, lost }) => ({ tag, what, lost })),
      lostCount: begun.length,
      restored: restored.length,
    },
  });
  await notifyChange(tx, { type: "setting", id: "service-tags", tid });
}

/** Why a document was not taken, in words that may be shown: of a defect, that it is one, and the log has the rest. */
export function whyNotTaken(error: unknown): BinderyError {
  if (isBinderyError(error)) return error;
  log("error", "service-tags-not-taken", { error });
  return new BinderyError("internal", "It could not be read or stored, which is Bindery's fault; the log has the rest.");
}

/** Puts on record that a document was not taken, by whom it was brought, and why. */
export async function recordRefusal(error: BinderyError, origin: Origin, actor: AuditActor | null): Promise<void> {
  await transaction((tx) =>
    appendAudit(tx, {
      tid: settings().BINDERY_TENANT_ID.toLowerCase(),
      action: "service-tags-refused",
      outcome: error.code === "invalid_input" || error.code === "too_large" ? "refused" : "failed",
      actor,
      subject: { type: "service-tags", id: origin.whereFrom },
      summary: `Service tags from ${sourceWords(origin)} were not taken: ${error.message}`,
      detail: { ...origin, faults: error.facts.faults ?? [] },
    }),
  );
}

const sourceWords = ({ source, whereFrom }: Origin): string => (source === "arm" ? `ARM in ${whereFrom}` : whereFrom);

type Refused = Extract<ReturnType<typeof readServiceTags>, { faults: unknown }>;

function refusalOf({ faults, faultCount }: Refused, origin: Origin): BinderyError {
  const first = faults[0]?.text ?? "It has another shape.";
  const more = faultCount > 1 ? ` It has ${faultCount - 1} more ${faultCount === 2 ? "fault" : "faults"}.` : "";
  return new BinderyError("invalid_input", `The document of service tags was not taken. ${first}${more}`, {
    field: "document",
    remedy:
      origin.source === "arm"
        ? "Import the weekly file instead. The service tags in use stay as they are."
        : "Download the weekly file again from Microsoft and import it as it is. The service tags in use stay as they are.",
    faults: faults.map(({ text, tag, line }) => ({
      text,
      ...(tag === undefined ? {} : { entry: tag }),
      ...(line === undefined ? {} : { line }),
    })),
  });
}
