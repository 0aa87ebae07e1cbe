import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { verifyLines } from "./chain";

/** `audit:verify FILE`: verifies a JSONL export offline. Exit code 0: unbroken; 1: broken, with the first bad sequence; 2: not usable. */
async function main(): Promise<number> {
  const [file, expected] = process.argv.slice(2);
  if (file === undefined) {
    process.stderr.write(
      "Usage: npm run audit:verify -- FILE [HEAD-HASH]\nHEAD-HASH: a hash that you kept from an earlier look at the audit page; the export must end in it.\n",
    );
    return 2;
  }
  const input = createReadStream(file, "utf8");
  const lines = createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY });
  const opened = new Promise<never>((_resolve, reject) => input.once("error", reject));
  const result = await Promise.race([verifyLines(lines), opened]);
  if (!result.ok) {
    process.stdout.write(`BROKEN at ${result.at}: ${result.why}\n`);
    return 1;
  }
  if (expected !== undefined && expected !== result.head.hash) {
    process.stdout.write(
      `BROKEN at ${result.head.sequence}: the chain is unbroken in itself, but it does not end in the hash that you gave.\n`,
    );
    return 1;
  }
  process.stdout.write(
    `Unbroken: ${result.events} events and ${result.leftOut} left out by the filter, up to sequence ${result.head.sequence}, hash ${result.head.hash}\n`,
  );
  return 0;
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 2;
  },
);
