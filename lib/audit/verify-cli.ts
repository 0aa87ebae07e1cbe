import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { closeDb } from "@/lib/db/client";
import { type Verification, verifyLines } from "./chain";
import { verifyStored } from "./verify-stored";

const usage = `Verifies the audit chain.

  npm run audit:verify -- FILE [HASH]          a JSONL export, offline
  npm run audit:verify -- --database [HASH]    the record itself, in the database of DATABASE_URL

HASH: a hash of the chain's head that you noted down earlier (the audit page shows it); it must be in the chain.
Exit code 0: unbroken. 1: broken, with the first bad sequence. 2: could not be verified.
`;

async function main(): Promise<number> {
  const [target, known] = process.argv.slice(2);
  if (target === undefined) {
    process.stderr.write(usage);
    return 2;
  }
  if (known !== undefined && !/^[0-9a-f]{64}$/.test(known)) {
    process.stderr.write(`${known} is no hash of the chain: it should be 64 digits of lower-case hex. Nothing was verified.\n`);
    return 2;
  }
  const result = target === "--database" ? await verifyDatabase(known) : await verifyFile(target, known);
  process.stdout.write(`${sentence(result)}\n`);
  return result.ok ? 0 : 1;
}

async function verifyDatabase(known: string | undefined): Promise<Verification> {
  try {
    return await verifyStored(known);
  } finally {
    await closeDb();
  }
}

async function verifyFile(file: string, known: string | undefined): Promise<Verification> {
  const input = createReadStream(file, "utf8");
  const unreadable = new Promise<never>((_resolve, reject) => input.once("error", reject));
  const lines = createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY });
  return await Promise.race([verifyLines(lines, known), unreadable]);
}

function sentence(result: Verification): string {
  if (!result.ok) return `BROKEN at ${result.at}: ${result.why}`;
  const leftOut = result.leftOut === 0 ? "" : ` (and ${result.leftOut} more by their hashes alone)`;
  return `Unbroken: ${result.events} events${leftOut}, up to sequence ${result.head.sequence}, hash ${result.head.hash}`;
}

try {
  process.exitCode = await main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
}
