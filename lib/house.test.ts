import { describe, expect, it } from "vitest";
import { routes } from "@/lib/http/contract";
import { importsOf, readSources } from "./house-graph";
import { judge, judgeRoutes } from "./house-rules";

const sources = readSources(process.cwd(), ["lib", "app", "components", "emulator"]);

describe("the house", () => {
  it("is seen whole", () => {
    for (const room of ["lib/kernel/", "lib/azure/", "lib/db/", "app/", "components/", "emulator/"]) {
      expect([...sources.keys()].filter((file) => file.startsWith(room)).length, room).toBeGreaterThan(3);
    }
    expect(importsOf(sources).filter(({ isOwn, asValue }) => isOwn && asValue).length).toBeGreaterThan(sources.size);
  });

  it("has imports that go down only, no rings, and rooms that keep to themselves", () => {
    expect(judge(sources)).toEqual([]);
  });

  it("declares every route that it serves, and serves every route that it declares", () => {
    expect(judgeRoutes(sources, Object.keys(routes))).toEqual([]);
  });

  it("takes each declaration of a feature into the contract, and has each once", () => {
    const declared = [...sources].flatMap(([file, text]) =>
      /\/(routes|contract)\.ts$/.test(file) ? [...text.matchAll(/^ {2}"([A-Z]+ \/api\/v1\/[^"]+)": \{/gm)].map(([, key = ""]) => key) : [],
    );
    expect(declared.toSorted()).toEqual(Object.keys(routes).toSorted());
  });
});

describe("the judge of the house", () => {
  const planted = (files: Record<string, string>): string[] => judge(new Map(Object.entries(files)));

  it("finds a ring, also one over three files", () => {
    const found = planted({
      "lib/runs/a.ts": 'import { b } from "./b"; export const a = b;',
      "lib/runs/b.ts": 'export * from "@/lib/runs/c";',
      "lib/runs/c.ts": 'export const c = async () => (await import("./a")).a;',
    });
    expect(found.join()).toContain("in a ring");
  });

  it("lets types go in rings and up", () => {
    expect(
      planted({
        "lib/runs/a.ts": 'import type { B } from "./b"; export type A = B;',
        "lib/runs/b.ts": 'import { type A } from "./a"; export type B = A;',
      }),
    ).toEqual([]);
  });

  it.each([
    [
      "a pure file that reaches the database",
      { "lib/roles/risk.ts": 'import "./deep";', "lib/roles/deep.ts": 'import pg from "pg"; export default pg;' },
      "pure by its name",
    ],
    [
      "machinery that calls a verb",
      {
        "lib/azure/x.ts": 'import { v } from "@/lib/runs/retry"; import "node:fs"; v();',
        "lib/runs/retry.ts": 'import "pg"; export const v = () => 1;',
      },
      "stand below",
    ],
    [
      "a store that calls a verb",
      {
        "lib/runs/store.ts": 'import { v } from "./retry"; import "pg"; v();',
        "lib/runs/retry.ts": 'import "pg"; export const v = () => 1;',
      },
      "stand below",
    ],
    [
      "a component that imports a store",
      {
        "components/runs/a.tsx": 'import { s } from "@/lib/runs/store"; s();',
        "lib/runs/store.ts": 'import "pg"; export const s = () => 1;',
      },
      "data by api()",
    ],
    [
      "the product that imports the local Azure",
      { "lib/azure/x.ts": 'import { e } from "@/emulator/e"; e();', "emulator/e.ts": "export const e = () => 1;" },
      "over the network",
    ],
    [
      "the local Azure that imports the product",
      { "emulator/e.ts": 'import type { R } from "@/lib/runs/r"; export type E = R;', "lib/runs/r.ts": "export type R = 1;" },
      "over the network",
    ],
    ["the product that speaks of the local Azure", { "lib/azure/x.ts": "export const isEmulator = true;" }, "speaks of the emulator"],
    [
      "the product that uses test machinery",
      { "lib/runs/a.ts": 'import { t } from "@/lib/db/testing"; t();', "lib/db/testing.ts": "export const t = () => 1;" },
      "for tests alone",
    ],
  ])("finds %s", (_, files, says) => {
    expect(planted(files as Record<string, string>).join()).toContain(says);
  });

  it("does not take an import that it cannot follow for none", () => {
    expect(() => planted({ "lib/runs/a.ts": 'import { b } from "./gone"; b();' })).toThrow("not among the sources");
  });

  it("finds a route without a declaration and a declaration without a route", () => {
    const served = new Map([["app/api/v1/things/[id]/route.ts", "export const GET = 1; export const runtime = 'nodejs';"]]);
    expect(judgeRoutes(served, ["POST /api/v1/things"])).toEqual([
      "GET /api/v1/things/{id} has a route file and no declaration. Declare it in its feature's routes.ts, which lib/http/contract.ts takes up.",
      "POST /api/v1/things is declared and no route file serves it.",
    ]);
  });
});
