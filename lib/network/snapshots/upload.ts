import type { Actor } from "@/lib/auth/actor";
import type { Answer } from "@/lib/http/contract";
import { now } from "@/lib/kernel/clock";
import { BinderyError } from "@/lib/kernel/errors";
import { readAtMost } from "@/lib/kernel/read-at-most";
import { mostTagBytes, tooLargeWords } from "../tags/size";
import { requireAdministrator } from "./gate";
import { importTags, recordRefusal, whyNotTaken } from "./import-tags";
import type { Origin } from "./store";
import { publishedBy } from "./succession";

type Upload = { name: string; length: string | null; body: ReadableStream<Uint8Array> | null };

/**
 * Imports a document that a person sends: of the weekly file's shape or ARM's. One that says that it is larger than 32 MB is refused before it is
 * read, any other once so much of it came. Each import and refusal is on record. Throws `too_large`, and `invalid_input` with the faults.
 */
export async function uploadTags(actor: Actor, { name, length, body }: Upload): Promise<Answer<"POST /api/v1/network/snapshots">> {
  requireAdministrator(actor);
  const origin: Origin = { source: "upload", whereFrom: name, publishedAt: publishedBy(name, now()) };
  try {
    if (Number(length ?? 0) > mostTagBytes) throw tooLarge();
    const bytes = await readAtMost(body, mostTagBytes);
    if (bytes === null) throw tooLarge();
    return await importTags(bytes.toString("utf8"), origin, actor);
  } catch (error) {
    await recordRefusal(whyNotTaken(error), origin, actor);
    throw error;
  }
}

/** The refusal of a document that is larger than any of service tags. */
export const tooLarge = (): BinderyError =>
  new BinderyError("too_large", tooLargeWords.detail, { field: "document", remedy: tooLargeWords.remedy });
