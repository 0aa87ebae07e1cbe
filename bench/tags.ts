import { spawn } from "node:child_process";
import { once } from "node:events";
import { rmSync } from "node:fs";
import { lower, type Row } from "./row";
import type { TagFigures } from "./tags-process";

const dataDir = ".data/bench-tags";

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
  const { parseMs, readMs, insertMs, importMs, compareMs, compareFarMs, memoryMb } = await figuresOf(file);
  const beside = `JSON.parse alone takes ${parseMs.toFixed(1)} ms, the insert alone ${insertMs.toFixed(1)} ms`;
  return [
    lower(`parse and validate the weekly file, median; ${beside}`, readMs, "ms", 3 * parseMs),
    lower(`parse, validate and store the weekly file, median; ${beside}`, importMs, "ms", Math.round(3 * parseMs + insertMs)),
    lower("compare two whole snapshots, a week apart", compareMs, "ms", 150),
    lower("compare two whole snapshots that differ in every tag", compareFarMs, "ms", 150),
    lower("additional memory of an import, at most", memoryMb, "MB", 200),
  ];
}

async function figuresOf(file: string): Promise<TagFigures> {
  const child = spawn(process.execPath, ["--enable-source-maps", "dist/bench-tags.mjs", file, dataDir], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let text = "";
  child.stdout.on("data", (part: Buffer) => {
    text += part.toString("utf8");
  });
  const [code] = (await once(child, "close")) as [number | null];
  if (code !== 0) throw new Error(`The process that measures service tags ended with ${code}.`);
  return JSON.parse(text) as TagFigures;
}
