import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { closeDb, transaction } from "@/lib/db/client";
import { embeddedServer } from "@/lib/db/embedded";
import { migrate } from "@/lib/db/migrate";
import { newId } from "@/lib/kernel/ids";
import { packTags } from "@/lib/network/snapshots/content-store";
import { importTags } from "@/lib/network/snapshots/import-tags";
import { insertSnapshot } from "@/lib/network/snapshots/store";
import { compareTags } from "@/lib/network/tags/compare";
import { readServiceTags } from "@/lib/network/tags/read-tags";
import type { ServiceTag, TagSnapshot } from "@/lib/network/tags/snapshot";
import { residentMb } from "./memory";
import { coverageTimes } from "./tags-coverage";
import { type Times, timesOf } from "./times";

/** What `bench/tags.ts` makes rows of: milliseconds, and additional MB of the first import of a whole file, whose time is `importNew.first`. */
export type TagFigures = {
  parse: Times;
  read: Times;
  insert: Times;
  importNew: Times;
  importSame: Times;
  compare: Times;
  compareFar: Times;
  one: Times;
  fleet: Times;
  memoryMb: number;
};
/** What a process takes that has read nothing before, ms. */
export type ColdFigures = { parseMs: number; readMs: number };

/** Ranges of the largest tag that a snapshot near to the file's lacks. */
const fewRanges = 10;
const warmUp = 5;
const times = 15;

/** Measures imports of a weekly file into a database of its own, and prints the figures as JSON. */
async function main(file: string, dataDir: string): Promise<void> {
  const server = await embeddedServer({ dataDir: resolve(dataDir) });
  Object.assign(process.env, settingsFor(server.url));
  await migrate(server.url);
  try {
    process.stdout.write(JSON.stringify(await measure(readFileSync(file, "utf8"))));
  } finally {
    await closeDb();
    await server.stop();
  }
}

async function measure(text: string): Promise<TagFigures> {
  const bring = (document: string) => importTags(document, { source: "upload", whereFrom: "bench", publishedAt: null }, null);
  // A first small import makes ready what every import needs: connection, cloud, code.
  await bring(small);
  const before = residentMb(process.pid);
  const begun = performance.now();
  await bring(text);
  const firstImportMs = performance.now() - begun;
  const memoryMb = process.resourceUsage().maxRSS / 1024 - before;
  const snapshot = snapshotOf(text);
  const content = await packTags(snapshot.tags);
  const near = snapshotOf(changed(text, fewRanges)).tags;
  const far = snapshot.tags.map((tag) => ({ ...tag, prefixes: tag.prefixes.filter((_, at) => at % 3 !== 0) }));
  const parse = await timesOf(() => JSON.parse(text), { warmUp, times });
  const read = await timesOf(() => readServiceTags(text, { cloud: "Public" }), { warmUp, times });
  const insert = await timesOf((at) => insertOnly({ ...snapshot, hash: `bench ${at}` }, content), { warmUp, times });
  const documents = Array.from({ length: 1 + warmUp + times }, (_, at) => changed(text, at + 1));
  const importNew = { ...(await timesOf((at) => bring(documents[at] ?? text), { warmUp, times })), first: firstImportMs };
  const importSame = await timesOf(() => bring(documents.at(-1) ?? text), { warmUp, times });
  const compare = await timesOf(() => compareTags(snapshot.tags, near), { warmUp, times });
  const compareFar = await timesOf(() => compareTags(snapshot.tags, far), { warmUp, times });
  return { parse, read, insert, importNew, importSame, compare, compareFar, ...(await coverageTimes(snapshot.tags)), memoryMb };
}

/** The first time of all in this process: JSON.parse, then the reading of the same file. */
function measureCold(text: string): ColdFigures {
  const begun = performance.now();
  JSON.parse(text);
  const parsed = performance.now();
  snapshotOf(text);
  return { parseMs: parsed - begun, readMs: performance.now() - parsed };
}

const small = JSON.stringify({
  changeNumber: 1,
  cloud: "Public",
  values: [{ name: "Bench", properties: { changeNumber: 1, region: "", systemService: "", addressPrefixes: ["20.42.0.0/24"] } }],
});

/** The same file with other content: some prefixes of its largest tag are not there. */
function changed(text: string, without: number): string {
  const document = JSON.parse(text) as { changeNumber: number; values: { properties: { addressPrefixes: string[] } }[] };
  const [largest] = document.values.toSorted((a, b) => b.properties.addressPrefixes.length - a.properties.addressPrefixes.length);
  largest?.properties.addressPrefixes.splice(0, without);
  return JSON.stringify({ ...document, changeNumber: document.changeNumber + without }, null, 2);
}

function snapshotOf(text: string): TagSnapshot & { tags: readonly ServiceTag[] } {
  const reading = readServiceTags(text, { cloud: "Public" });
  if ("faults" in reading) throw new Error(`The file is refused: ${reading.faults[0]?.text}`);
  return reading.snapshot;
}

function insertOnly(snapshot: TagSnapshot, content: Uint8Array<ArrayBuffer>): Promise<unknown> {
  return transaction((tx) => insertSnapshot(tx, newId(), snapshot, content, new Date(0)));
}

const settingsFor = (databaseUrl: string): Record<string, string> => ({
  DATABASE_URL: databaseUrl,
  BINDERY_TENANT_ID: "11111111-1111-4111-8111-111111111111",
  BINDERY_CLIENT_ID: "22222222-2222-4222-8222-222222222222",
  BINDERY_CLIENT_SECRET: "of a benchmark",
  BINDERY_SEALING_KEYS: `bench:${Buffer.alloc(32, 7).toString("base64")}`,
  BINDERY_LOG: "error",
});

const [file, dataDir] = process.argv.slice(2);
if (file === undefined) throw new Error("Name the weekly file, and the folder of the database for all but what a first reading takes.");
if (dataDir === undefined) process.stdout.write(JSON.stringify(measureCold(readFileSync(file, "utf8"))));
else await main(file, dataDir);
