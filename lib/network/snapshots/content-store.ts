import { promisify } from "node:util";
import { brotliCompress, brotliDecompress, constants } from "node:zlib";
import type { Tx } from "@/lib/db/client";
import { BinderyError } from "@/lib/kernel/errors";
import type { ServiceTag } from "../tags/snapshot";

const compress = promisify(brotliCompress);
const decompress = promisify(brotliDecompress);
/** The quickest: it makes half a megabyte of a weekly file, and the slowest saves a tenth of that for twenty times as long. */
const quickly = { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } };
/** A snapshot has some 10 MB in memory. */
const keptAtMost = 3;
const kept = new Map<string, Promise<readonly ServiceTag[]>>();

/** Tags as the row of their snapshot keeps them. */
export async function packTags(tags: readonly ServiceTag[]): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await compress(JSON.stringify(tags), quickly));
}

/** The tags of a snapshot; the last few are remembered by this process. Throws `not_found`. */
export function tagsOf(tx: Pick<Tx, "tagSnapshot">, snapshotId: string): Promise<readonly ServiceTag[]> {
  const tags = kept.get(snapshotId) ?? unpack(tx, snapshotId);
  keep(snapshotId, tags);
  tags.catch(() => kept.delete(snapshotId));
  return tags;
}

/** Remembers the tags of a snapshot that was stored just now. */
export function rememberTags(snapshotId: string, tags: readonly ServiceTag[]): void {
  keep(snapshotId, Promise.resolve(tags));
}

function keep(snapshotId: string, tags: Promise<readonly ServiceTag[]>): void {
  kept.delete(snapshotId);
  kept.set(snapshotId, tags);
  for (const oldest of kept.keys()) if (kept.size > keptAtMost) kept.delete(oldest);
}

async function unpack(tx: Pick<Tx, "tagSnapshot">, id: string): Promise<readonly ServiceTag[]> {
  const row = await tx.tagSnapshot.findUnique({ where: { id }, select: { content: true } });
  if (row === null) throw noSnapshot();
  return JSON.parse((await decompress(row.content)).toString("utf8")) as ServiceTag[];
}

/** The refusal of an id that is no snapshot's. */
export const noSnapshot = (): BinderyError =>
  new BinderyError("not_found", "There is no such snapshot of service tags.", { remedy: "Choose one from the list of snapshots." });
