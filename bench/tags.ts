import { spawn } from "node:child_process";
import { once } from "node:events";
import { rmSync } from "node:fs";
import { lower, percentile, type Row } from "./row";
import type { ColdFigures, TagFigures } from "./tags-process";
import type { Times } from "./times";

const dataDir = ".data/bench-tags";
/** Processes that each read the file once. */
const coldProcesses = 7;

/**
 * What service tags cost, on the whole weekly file that BINDERY_BENCH_TAGS names, in a process and database of its own. No rows without the file,
 * which is not part of the repository.
 */
export async function tagRows(file = process.env.BINDERY_BENCH_TAGS): Promise<Row[]> {
  if (file === undefined || file === "") {
    process.stderr.write("left out: service tags. BINDERY_BENCH_TAGS names no weekly file (ServiceTags_Public_….json).\n");
    return [];
  }
  rmSync(dataDir, { recursive: true, force: true });
  const cold = await coldFigures(file);
  const warm = await run<TagFigures>([file, dataDir]);
  return [...importRows(cold, warm), ...otherRows(warm)];
}

/**
 * Goals are held against the medians of a process that is warm. A server imports once a week and is not: what a process takes that has read nothing
 * before stands in rows of their own, beside JSON.parse in the same process. The first import of a whole file follows one of a single tag, which
 * makes ready the connection and has run the code once.
 */
function importRows(cold: ColdFigures, { parse, read, insert, importNew, importSame }: TagFigures): Row[] {
  const beside = `JSON.parse alone ${ms(parse.median)}`;
  const besideCold = `JSON.parse alone ${ms(cold.parseMs)}`;
  const goal = Math.round(3 * parse.median);
  const goalCold = Math.round(3 * cold.parseMs);
  const goalStored = Math.round(insert.median);
  const stored = `storing alone ${ms(insert.median)}`;
  return [
    lower(`parse and validate the weekly file, median; ${beside}`, read.median, "ms", goal),
    lower("the same as a multiple of JSON.parse alone", read.median / parse.median, "×", 3),
    lower(`parse and validate the weekly file, first time in its process; ${besideCold}`, cold.readMs, "ms", goalCold),
    lower("the same as a multiple of JSON.parse alone, first time in its process", cold.readMs / cold.parseMs, "×", 3),
    lower(`import a new weekly file, median; ${beside}, ${stored}`, importNew.median, "ms", goal + goalStored),
    lower(
      `import a new weekly file, the first after one of a single tag; in a cold process ${besideCold}, ${stored}`,
      importNew.first,
      "ms",
      goalCold + goalStored,
    ),
    lower(`import the same weekly file again, median; ${beside}`, importSame.median, "ms", goal),
  ];
}

function otherRows({ compare, compareFar, one, fleet, memoryMb }: TagFigures): Row[] {
  return [
    ...both("compare two whole snapshots that differ in ten ranges of one tag", compare, 150),
    ...both("compare two whole snapshots that differ in every tag", compareFar, 150),
    ...both("coverage of one cluster with 200 entries against its region and pair", one, 2),
    ...both("coverage of 1,000 clusters with 200 entries each", fleet, 500),
    lower("additional memory of an import, at most", memoryMb, "MB", 200),
  ];
}

const both = (name: string, { first, median }: Times, goal: number): Row[] => [
  lower(`${name}, median`, median, "ms", goal),
  lower(`${name}, first of its loop`, first, "ms", goal),
];

const ms = (taken: number): string => `${taken.toFixed(1)} ms`;

async function coldFigures(file: string): Promise<ColdFigures> {
  const found: ColdFigures[] = [];
  for (let at = 0; at < coldProcesses; at++) found.push(await run<ColdFigures>([file]));
  const median = (name: keyof ColdFigures): number =>
    percentile(
      found.map((one) => one[name]),
      50,
    );
  return { parseMs: median("parseMs"), readMs: median("readMs") };
}

/** Figures that a process of `bench/tags-process.ts` prints. */
async function run<T>(args: readonly string[]): Promise<T> {
  const child = spawn(process.execPath, ["--enable-source-maps", "dist/bench-tags.mjs", ...args], { stdio: ["ignore", "pipe", "inherit"] });
  let text = "";
  child.stdout.on("data", (part: Buffer) => {
    text += part.toString("utf8");
  });
  const [code] = (await once(child, "close")) as [number | null];
  if (code !== 0) throw new Error(`The process that measures service tags ended with ${code}.`);
  return JSON.parse(text) as T;
}
