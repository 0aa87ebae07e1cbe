import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { Store } from "./store";

const binding = (name: string) => ({
  id: `/c/${name}`,
  name,
  clusterId: "/c",
  sourceResourceId: "/s",
  roles: ["r"],
  provisioningState: "Succeeded" as const,
  operationId: null,
});

let folder: string;
beforeEach(() => void (folder = mkdtempSync(path.join(tmpdir(), "store-"))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const journal = () => path.join(folder, readdirSync(folder).find((name) => name.startsWith("journal-")) ?? "");

test("what was flushed is there again, deletions too, in a store that was never closed", () => {
  const first = new Store(folder);
  first.rebuild(["bindings"], () => first.table("bindings").set("/c/x/old", binding("old")));
  first.table("bindings").set("/c/x/new", binding("new"));
  first.table("bindings").delete("/c/x/old");
  first.flush();
  const second = new Store(folder);
  expect([...second.table("bindings").keys()]).toEqual(["/c/x/new"]);
  expect(second.table("bindings").below("/c")).toEqual(["/c/x/new"]);
});

test("a line that a crash tore is left out, and what follows is kept", () => {
  const first = new Store(folder);
  first.rebuild([], () => undefined);
  first.table("bindings").set("/c/x/a", binding("a"));
  first.flush();
  appendFileSync(journal(), '{"t":"bindings","k":"/c/x/b","v":{"id"');
  const second = new Store(folder);
  second.table("bindings").set("/c/x/c", binding("c"));
  second.close();
  const third = new Store(folder);
  expect([...third.table("bindings").keys()]).toEqual(["/c/x/a", "/c/x/c"]);
});

test("a broken line in the middle stops the start instead of losing what follows", () => {
  const first = new Store(folder);
  first.rebuild([], () => undefined);
  appendFileSync(journal(), 'not json\n{"t":"bindings","k":"/c/x/a"}\n');
  expect(() => new Store(folder)).toThrow(SyntaxError);
});

test("a fresh snapshot empties the journal and loses nothing", () => {
  const first = new Store(folder);
  first.rebuild([], () => undefined);
  first.table("bindings").set("/c/x/a", binding("a"));
  first.compact();
  expect(readFileSync(journal(), "utf8")).toBe("");
  expect(readdirSync(folder).filter((name) => name.startsWith("journal-"))).toHaveLength(1);
  expect(new Store(folder).table("bindings").get("/c/x/a")).toEqual(binding("a"));
});
