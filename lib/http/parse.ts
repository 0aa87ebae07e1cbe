import { z } from "zod";
import { BinderyError } from "@/lib/kernel/errors";
import { readAtMost } from "@/lib/kernel/read-at-most";

/** The largest body that a route reads, in bytes. */
export const bodyLimit = 64 * 1024;

/** Parses path parameters. A value that is not proper percent-encoding is `invalid_input`. */
export function parseParams(schema: z.ZodType, given: Record<string, string | string[] | undefined>): unknown {
  return parseWith(schema, Object.fromEntries(Object.entries(given).map(([name, value]) => [name, decoded(name, value)])), "path");
}

function decoded(name: string, value: string | string[] | undefined): unknown {
  if (typeof value !== "string" || !value.includes("%")) return value;
  try {
    return decodeURIComponent(value);
  } catch (cause) {
    throw new BinderyError("invalid_input", `The ${name} in the address is not properly encoded.`, { field: name, cause });
  }
}

/** Parses the query. Keys that the route does not know, and keys given twice, are `invalid_input`; without a schema any key is unknown. */
export function parseQuery(schema: z.ZodType | undefined, search: URLSearchParams): unknown {
  const given: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const [key, value] of search) {
    if (key in given) throw invalid({ [key]: "This is given twice." }, "query");
    given[key] = value;
  }
  return parseWith(schema === undefined ? nothing : strict(schema), { ...given }, "query");
}

/** Reads and parses a JSON body: application/json only (`invalid_input`), at most 64 kB, counted while reading (`too_large`). */
export async function parseBody(schema: z.ZodType, request: Request): Promise<unknown> {
  const type = request.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase();
  if (type !== "application/json") throw new BinderyError("invalid_input", "The body of this request should be application/json.");
  const text = await readText(request);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new BinderyError("invalid_input", "The body of this request is not JSON.", { cause });
  }
  return parseWith(strict(schema), value, "body");
}

async function readText(request: Request): Promise<string> {
  const bytes = await readAtMost(request.body, bodyLimit);
  if (bytes === null) throw new BinderyError("too_large", `The body of this request is larger than ${bodyLimit / 1024} kB.`);
  return bytes.toString("utf8");
}

const nothing = z.strictObject({});
/** The strict form of a route's schema, made once: Zod compiles a parser for each new schema. */
const stricts = new WeakMap<z.ZodType, z.ZodType>();
function strict(schema: z.ZodType): z.ZodType {
  const known = stricts.get(schema) ?? (schema instanceof z.ZodObject ? schema.strict() : schema);
  stricts.set(schema, known);
  return known;
}

function parseWith(schema: z.ZodType, value: unknown, where: "path" | "query" | "body"): unknown {
  const parsed = schema.safeParse(value);
  if (parsed.success) {
    const broken = brokenText(parsed.data);
    if (broken === null) return parsed.data;
    throw invalid({ [broken]: "It holds a character that cannot be kept, a NUL or half of a surrogate pair. Remove it." }, where);
  }
  const fields: Record<string, string> = {};
  for (const issue of parsed.error.issues) addIssue(fields, issue);
  throw invalid(fields, where);
}

/** The path of the first text, or member's name, that PostgreSQL cannot keep: one with a NUL or a lone surrogate. null: there is none. */
function brokenText(value: unknown, path = ""): string | null {
  if (typeof value === "string") return value.includes("\0") || /\p{Surrogate}/u.test(value) ? path : null;
  if (typeof value !== "object" || value === null) return null;
  for (const [key, item] of Object.entries(value)) {
    const found = brokenText(key, path) ?? brokenText(item, path === "" ? key : `${path}.${key}`);
    if (found !== null) return found;
  }
  return null;
}

function addIssue(fields: Record<string, string>, issue: z.core.$ZodIssue): void {
  const path = issue.path.map(String).join(".");
  if (issue.code === "unrecognized_keys") {
    for (const key of issue.keys) fields[path === "" ? key : `${path}.${key}`] ??= "Bindery does not know this field.";
  } else {
    fields[path] ??= issue.code === "invalid_type" && issue.message.endsWith("received undefined") ? "This is needed." : issue.message;
  }
}

function invalid(fields: Record<string, string>, where: "path" | "query" | "body"): BinderyError {
  const names = Object.keys(fields).filter((name) => name !== "");
  const first = Object.values(fields)[0] ?? "It has another shape.";
  const place = { path: "address", query: "query", body: "request" }[where];
  const message = names.length === 0 ? first : `The ${place} is wrong at ${names.slice(0, 5).join(", ")}: ${first}`;
  return new BinderyError("invalid_input", message, { fields, ...(names[0] === undefined ? {} : { field: names[0] }) });
}
