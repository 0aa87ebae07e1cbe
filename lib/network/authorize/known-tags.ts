import { callArm, getJson } from "@/lib/azure/pipeline";
import { mapReadable, readable } from "@/lib/azure/readable";
import type { AzureCaller, Readable } from "@/lib/azure/types";
import { now } from "@/lib/kernel/clock";
import { BinderyError } from "@/lib/kernel/errors";
import { currentTags } from "../snapshots/current";
import { readServiceTags } from "../tags/read-tags";
import type { KnownTags } from "./facts";
import { knownTagsOf, type TagsInUse } from "./tags-in-use";

const apiVersion = "2025-05-01";
const deadlineMs = 60_000;
/** As many as a list of all tags may have at the very most. */
const pagesAtMost = 200;

/**
 * The service tags that are kept here; before the first import, those that Azure shows to this person now. Whatever the location, those of all
 * regions come back (azure-rest-api-specs, serviceTags.json).
 */
export async function knownTags(caller: AzureCaller, subscriptionId: string, location: string): Promise<Readable<KnownTags>> {
  const kept = await currentTags();
  if (kept !== null) return { state: "ok", value: knownTagsOf(kept), at: kept.since };
  return mapReadable(await readable(() => tagsOfArm(caller, subscriptionId, location)), knownTagsOf);
}

async function tagsOfArm(caller: AzureCaller, subscriptionId: string, location: string): Promise<TagsInUse> {
  const document = await callArm(
    caller,
    async (arm) => {
      const values: unknown[] = [];
      let head: Record<string, unknown> = {};
      let next: string | null =
        `/subscriptions/${subscriptionId}/providers/Microsoft.Network/locations/${location}/serviceTags?api-version=${apiVersion}`;
      for (let page = 0; next !== null && page < pagesAtMost; page++) {
        const { values: part, nextLink, ...rest } = (await getJson(arm, next)) as Record<string, unknown>;
        head = { ...rest, ...head };
        if (Array.isArray(part)) values.push(...(part as unknown[]));
        next = typeof nextLink === "string" && nextLink !== "" ? nextLink : null;
      }
      return { ...head, values };
    },
    deadlineMs,
  );
  const cloud = String((document as { cloud?: unknown }).cloud);
  const reading = readServiceTags(JSON.stringify(document), { cloud });
  if ("faults" in reading)
    throw new BinderyError("azure_unavailable", `Azure's list of service tags is not sound: ${reading.faults[0]?.text ?? "it has faults"}`);
  const { hash, tags } = reading.snapshot;
  return { snapshotId: hash, since: now().toISOString(), tags, firstSeen: new Map(), warnings: [] };
}
