import type { Readable } from "@/lib/azure/types";
import { now } from "@/lib/kernel/clock";
import { currentTags } from "../snapshots/current";
import type { KnownTags } from "./facts";
import { knownTagsOf } from "./tags-in-use";

/** The service tags in use, as planning wants them; absent: no list of them was ever imported. */
export async function knownTags(): Promise<Readable<KnownTags>> {
  const current = await currentTags();
  return current === null ? { state: "absent" } : { state: "ok", value: knownTagsOf(current), at: now().toISOString() };
}
