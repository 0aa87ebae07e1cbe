import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it, vi } from "vitest";
import { startedAt, stillRuns } from "./process-identity.mjs";
import { claim } from "./single-instance.mjs";
import { supervise } from "./supervise.mjs";

const folder = mkdtempSync(join(tmpdir(), "bindery-supervise-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const child = (code: string, more: object = {}) =>
  supervise({
    name: "child",
    command: process.execPath,
    args: ["-e", code],
    env: process.env,
    logFile: join(folder, "child.log"),
    onLine: () => undefined,
    onChange: () => undefined,
    say: () => undefined,
    ...more,
  });
const lasting = "console.log('up'); setInterval(() => {}, 1000)";

describe("a supervised program", () => {
  it("is started again when it is killed, and ends for good when it is stopped", async () => {
    const lines: string[] = [];
    const one = child(lasting, { onLine: (line: string) => lines.push(line) });
    await vi.waitFor(() => expect(lines).toEqual(["up"]), { timeout: 10_000 });
    const first = one.pid;
    process.kill(first ?? 0, "SIGKILL");
    await vi.waitFor(() => expect(lines).toEqual(["up", "up"]), { timeout: 10_000 });
    expect(one.deaths).toBe(1);
    const second = one.pid ?? 0;
    expect(second).not.toBe(first);
    await one.stop();
    expect(startedAt(second)).toBeUndefined();
    expect(one.pid).toBeUndefined();
  });

  it("is killed when it does not listen to a request to end", async () => {
    const lines: string[] = [];
    const one = child(`process.on('SIGTERM', () => console.log('no')); ${lasting}`, { onLine: (line: string) => lines.push(line) });
    await vi.waitFor(() => expect(lines).toEqual(["up"]), { timeout: 10_000 });
    const pid = one.pid ?? 0;
    await one.stop(200);
    expect(startedAt(pid)).toBeUndefined();
  });

  it("counts its deaths and keeps its last words", async () => {
    const one = child("console.error('no port'); process.exit(3)");
    await vi.waitFor(() => expect(one.deaths).toBeGreaterThanOrEqual(2), { timeout: 10_000 });
    await one.stop();
    expect(one.logTail()).toContain("no port");
  });
});

describe("the claim on a data folder", () => {
  it("ends what a killed launcher left, and nothing that only has the same process id", async () => {
    const left = child(lasting);
    const stranger = child(lasting);
    await vi.waitFor(() => expect(startedAt(left.pid ?? 0) && startedAt(stranger.pid ?? 0)).toBeTruthy());
    const [leftPid, strangerPid] = [left.pid ?? 0, stranger.pid ?? 0];
    const children = [
      { name: "left", pid: leftPid, started: startedAt(leftPid) },
      { name: "stranger", pid: strangerPid, started: "another time" },
    ];
    writeFileSync(join(folder, "running.json"), JSON.stringify({ launcher: { pid: 1, started: "long ago" }, children }));
    const instance = await claim(folder);
    expect(stillRuns(children[0] ?? { pid: 0, started: undefined })).toBe(false);
    expect(startedAt(strangerPid)).toBeDefined();
    instance.release();
    await Promise.all([left.stop(), stranger.stop()]);
  });

  it("is refused while another launcher works there, with its address", async () => {
    const other = child(lasting);
    await vi.waitFor(() => expect(startedAt(other.pid ?? 0)).toBeDefined());
    const launcher = { pid: other.pid, started: startedAt(other.pid ?? 0) };
    const file = join(folder, "running.json");
    writeFileSync(file, JSON.stringify({ origin: "http://localhost:3000", launcher, children: [] }));
    await expect(claim(folder)).rejects.toThrow(/runs here already \(process \d+, http:\/\/localhost:3000\)/);
    expect(readFileSync(file, "utf8")).toContain("localhost:3000");
    await other.stop();
  });
});
