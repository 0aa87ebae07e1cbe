import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import type { z } from "zod";
import { knownClouds } from "@/lib/azure/cloud";
import { type RouteKey, routes } from "@/lib/http/contract";
import { statusOf } from "@/lib/http/problem";
import type { Route } from "@/lib/http/route";
import { errorCodes } from "@/lib/kernel/errors";
import { SettingsSchema } from "@/lib/kernel/settings";

const root = join(import.meta.dirname, "..");
const docs = join(root, "docs");

/** One cell of a table: no line breaks, and no bar that would end it. */
const cell = (text: string): string => text.replaceAll("|", "\\|").replaceAll("\n", " ");
const table = (head: string[], rows: string[][]): string =>
  [head, head.map(() => "---"), ...rows].map((row) => `| ${row.map(cell).join(" | ")} |`).join("\n");

function settingsTable(): string {
  const rows = Object.entries(SettingsSchema.shape).map(([name, shape]) => {
    const absent = shape.safeParse(undefined);
    const standard = absent.success && absent.data !== undefined ? `\`${String(absent.data)}\`` : absent.success ? "not set" : "needed";
    return [`\`${name}\``, name === "DATABASE_URL" ? "embedded database" : standard, shape.description ?? ""];
  });
  return table(["setting", "default", "what it is for"], rows);
}

function fieldsOf(schema: z.ZodType | undefined): string {
  if (schema === undefined) return "";
  const { shape, options } = schema as { shape?: Record<string, z.ZodType>; options?: { shape?: Record<string, z.ZodType> }[] };
  const names = shape === undefined ? (options ?? []).flatMap((option) => Object.keys(option.shape ?? {})) : Object.keys(shape);
  const isNeeded = (name: string): boolean => shape?.[name]?.safeParse(undefined).success === false;
  return [...new Set(names)].map((name) => (isNeeded(name) ? `**${name}**` : name)).join(", ");
}

function routeTable(): string {
  const rows = (Object.keys(routes) as RouteKey[]).map((key) => {
    const route: Route = routes[key];
    const access = typeof route.access === "string" ? route.access : route.access.join(", ");
    return [`\`${key}\``, route.summary, access, fieldsOf(route.query), fieldsOf(route.body), String(route.status ?? 200)];
  });
  return table(["route", "what it does", "who", "query", "body", "status"], rows);
}

const errorTable = (): string =>
  table(
    ["code", "status"],
    errorCodes.map((code) => [`\`${code}\``, String(statusOf(code))]),
  );

describe("the documents", () => {
  it("say in operations.md what each setting is for and what holds without it", async () => {
    const text = readFileSync(join(docs, "operations.md"), "utf8");
    const made = text.replace(
      /(<!-- settings:.*?-->\n)[\s\S]*?(<!-- \/settings -->)/,
      (_all, head: string, foot: string) => head + settingsTable() + "\n" + foot,
    );
    expect(made).toContain("| `BINDERY_SEALING_KEYS` | needed |");
    await expect(made).toMatchFileSnapshot("../docs/operations.md");
  });

  it("name in operations.md every host that a known cloud is reached by, and no other", () => {
    const [, part = ""] = readFileSync(join(docs, "operations.md"), "utf8").split("## Outgoing connections");
    const named = [...part.matchAll(/^\| `(\w+)` \| `([^`]+)` \|/gm)].map(([, cloud, host]) => `${cloud} ${host}`);
    const called = Object.values(knownClouds).flatMap(({ name, authorityHost, armEndpoint }) =>
      [authorityHost, armEndpoint].map((address) => `${name} ${new URL(address).host}`),
    );
    expect(named.sort()).toEqual(called.sort());
  });

  it("list in api.md every route of the contract and every error", async () => {
    await expect(`${apiText}\n## Routes\n\n${routeTable()}\n\n## Errors\n\n${errorText}\n${errorTable()}\n`).toMatchFileSnapshot(
      "../docs/api.md",
    );
  });

  it("name in the decision about dependencies every package that Bindery depends on, and no other", () => {
    const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as Record<string, Record<string, string>>;
    const packages = ["dependencies", "devDependencies", "optionalDependencies"]
      .flatMap((kind) => Object.keys(manifest[kind] ?? {}))
      .filter((name) => !name.startsWith("@types/"));
    const rows = readFileSync(join(docs, "decisions/0010-dependencies.md"), "utf8")
      .split("\n")
      .filter((line) => line.startsWith("| "));
    const named = rows.slice(1).flatMap((row) => (row.split("|")[1] ?? "").split(",").map((name) => name.trim()));
    const covers = (name: string, dependency: string): boolean =>
      name.endsWith("*") ? dependency.startsWith(name.slice(0, -1)) : name === dependency;
    expect(packages.filter((dependency) => !named.some((name) => covers(name, dependency)))).toEqual([]);
    expect(named.filter((name) => !packages.some((dependency) => covers(name, dependency)))).toEqual([]);
  });

  it("link only to files that exist", () => {
    const files = [
      "README.md",
      ...readdirSync(docs, { recursive: true, encoding: "utf8" })
        .filter((name) => name.endsWith(".md"))
        .map((name) => join("docs", name)),
    ];
    expect(files.length).toBeGreaterThan(10);
    const dead = files.flatMap((file) =>
      [...readFileSync(join(root, file), "utf8").matchAll(/(?<!!\[[^\]]*)\]\((?!https?:|#)([^)#\s]+)/g)]
        .map((match) => match[1] ?? "")
        .filter((target) => !existsSync(resolve(root, dirname(file), target)))
        .map((target) => `${file} → ${target}`),
    );
    expect(dead).toEqual([]);
  });
});

const apiText = `# HTTP API

Everything that the pages do goes through this API. Each feature declares its routes (\`routes.ts\`), [lib/http/contract.ts](../lib/http/contract.ts) gathers them,
and this page is made from it
(\`npx vitest run scripts/docs.test.ts -u\`).

- The session cookie says who calls. Requests that change something must come from a page of the portal (\`Origin\`, \`Sec-Fetch-Site\`).
- Bodies and answers are JSON, bodies at most 64 kB; a document of service tags is sent as it is, at most 32 MB. Unknown fields in a query or body are refused. **Bold** fields are needed.
- *Who*: a portal role, \`signed-in\` or \`public\`. A scoped role such as \`Approver.Payments\` counts as its plain form here; which one may decide is the policy's.
  Behind that, each answer holds only what Azure shows to the caller.
- Lists are paged by \`cursor\` (the last answer's \`nextCursor\`; \`null\` at the end) and \`limit\`.
- Every answer carries \`x-correlation-id\`. At most 240 requests a minute for each person and route, fewer where the contract says so.
- \`GET /api/v1/events\` is a stream of server-sent events: \`changed\` with \`{type, id}\`, and \`resync\` when some may have been missed.
- Signing in is navigation: \`GET /api/auth/sign-in\`, \`/api/auth/step-up\`, \`/api/auth/callback\`.
`;

const errorText = `An error is \`application/problem+json\`: \`type\`, \`title\`, \`status\`, \`detail\` (a sentence for people), \`code\`, \`correlationId\`, and where they help \`remedy\`,
\`field\`, \`fields\`, \`faults\`, \`azureCode\`, \`action\`, \`scope\`, \`signInUrl\`, \`retryAfterSeconds\`, \`changes\`.
`;
