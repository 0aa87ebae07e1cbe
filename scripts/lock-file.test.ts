import { readFileSync } from "node:fs";
import { expect, it } from "vitest";

type Package = { version?: string; optionalDependencies?: Record<string, string>; resolved?: string };

// An `npm install` beside an existing node_modules drops packages for other systems from the lock file, and then `npm ci` refuses it.
it("locks the packages for every system, so that npm ci works from a fresh clone: else npm install --package-lock-only without node_modules", () => {
  const { packages } = JSON.parse(readFileSync("package-lock.json", "utf8")) as { packages: Record<string, Package> };
  const locked = new Set(Object.keys(packages).map((path) => path.replace(/^.*node_modules\//, "")));
  const wanted = Object.values(packages).flatMap(({ optionalDependencies }) => Object.keys(optionalDependencies ?? {}));
  expect(wanted.length).toBeGreaterThan(50);
  expect(wanted.filter((name) => !locked.has(name))).toEqual([]);
});
