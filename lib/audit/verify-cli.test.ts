import { execFile } from "node:child_process";
import { mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { db } from "@/lib/db/client";
import { testDatabase } from "@/lib/db/testing";
import { exportAudit } from "./export";
import { person, record } from "./testing";

const database = testDatabase();
let folder: string;
let lines: string[];
let head: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "bindery-verify-"));
  await symlink(join(process.cwd(), "node_modules"), join(folder, "node_modules"));
  const outfile = join(folder, "verify.mjs");
  await build({ entryPoints: ["lib/audit/verify-cli.ts"], outfile, bundle: true, platform: "node", format: "esm", packages: "external" });
  for (let number = 1; number <= 4; number++) await record({ summary: `event ${number}` });
  lines = (await (await exportAudit(person("Marcus", ["Auditor"]), { format: "jsonl", actor: "Marcus" })).text()).split("\n");
  head = (await db().auditHead.findFirstOrThrow()).hash;
}, 120_000);
afterAll(() => rm(folder, { recursive: true }));

type Ended = { code: number; out: string; err: string };

function verify(...args: string[]): Promise<Ended> {
  const env = { ...process.env, DATABASE_URL: database.url() };
  return new Promise((resolve) => {
    execFile(process.execPath, [join(folder, "verify.mjs"), ...args], { env }, (error, out, err) => {
      resolve({ code: typeof error?.code === "number" ? error.code : error === null ? 0 : -1, out, err });
    });
  });
}

async function verifyFile(content: string[], ...args: string[]): Promise<Ended> {
  const file = join(folder, "export.jsonl");
  await writeFile(file, content.join("\n"));
  return verify(file, ...args);
}

// Each test starts processes, which takes its time on a busy machine.
describe("the verifier on the command line", { timeout: 120_000 }, () => {
  test("ends with 0 for an unbroken export and record, and tells how far they go", async () => {
    const file = await verifyFile(lines, head);
    expect(file).toMatchObject({ code: 0, out: `Unbroken: 1 events (and 4 more by their hashes alone), up to sequence 5, hash ${head}\n` });
    expect(await verify("--database", head)).toMatchObject({ code: 0, out: `Unbroken: 5 events, up to sequence 5, hash ${head}\n` });
  });

  test("ends with 1 and names the first bad sequence, the cut tail, or the hash that is not there", async () => {
    const altered = lines.with(3, lines[3]?.replace(/(?<="eventHash":")./, (digit) => (digit === "0" ? "1" : "0")) ?? "");
    expect(await verifyFile(altered)).toMatchObject({ code: 1, out: expect.stringMatching(/^BROKEN at 3: /) as string });
    expect(await verifyFile(lines.slice(0, 4))).toMatchObject({ code: 1, out: expect.stringMatching(/^BROKEN at 4: The tail/) as string });
    expect(await verifyFile(lines, "0".repeat(63) + "1")).toMatchObject({ code: 1, out: expect.stringContaining("nowhere") as string });
  });

  test("ends with 1 and names the line that cannot be read, and why", async () => {
    const why = async (line: string) => verifyFile(lines.with(2, line));
    expect(await why("{")).toMatchObject({ code: 1, out: "BROKEN at line 3: This is not a line of an audit export: it is no JSON.\n" });
    expect(await why(lines[2]?.replace(/[0-9a-f]"}$/, '"}') ?? "")).toMatchObject({
      code: 1,
      out: "BROKEN at line 3: This is not a line of an audit export: its hash is not that of an export.\n",
    });
    expect(await why(`${lines[2]} `)).toMatchObject({ code: 1, out: expect.stringContaining("line 3: This is not") as string });
    expect(await why('{"type":"else"}')).toMatchObject({ code: 1, out: expect.stringContaining("its type is not") as string });
    expect(await why("null")).toMatchObject({ code: 1, out: expect.stringContaining("its form is not") as string });
  });

  test("ends with 2 when it cannot tell: no file, no such file, a hash that is none", async () => {
    expect(await verify()).toMatchObject({ code: 2, err: expect.stringContaining("audit:verify -- FILE") as string });
    expect(await verify(join(folder, "absent.jsonl"))).toMatchObject({ code: 2, err: expect.stringContaining("ENOENT") as string });
    const notAHash = { code: 2, out: "", err: expect.stringMatching(/^abc is no hash .* 64 digits/) as string };
    expect(await verify("--database", "abc")).toMatchObject(notAHash);
    expect(await verifyFile(lines, "abc")).toMatchObject(notAHash);
  });
});
