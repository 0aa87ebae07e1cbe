import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { parseSync } from "oxc-parser";

/** One import of a module: `target` is a file of this repository, or a package; `asValue` is false when only types are taken. */
export type Import = { from: string; target: string; isOwn: boolean; asValue: boolean };
/** Source text by path from the root of the repository. */
export type Sources = Map<string, string>;

const extensions = ["", ".ts", ".tsx", ".mjs", "/index.ts", "/index.tsx"];

/** Every source under the given folders, tests and generated code left out. */
export function readSources(root: string, folders: readonly string[]): Sources {
  const sources: Sources = new Map();
  for (const folder of folders) {
    for (const path of existsSync(join(root, folder)) ? readdirSync(join(root, folder), { recursive: true, encoding: "utf8" }) : []) {
      const file = posix.join(folder, path.replaceAll("\\", "/"));
      if (!/\.tsx?$/.test(file) || /\.test\.tsx?$/.test(file) || file.startsWith("lib/db/generated/")) continue;
      sources.set(file, readFileSync(join(root, file), "utf8"));
    }
  }
  return sources;
}

/** All imports and re-exports among `sources`. Throws when a file cannot be parsed, or names a file of ours that is not there. */
export function importsOf(sources: Sources): Import[] {
  return [...sources].flatMap(([from, text]) => {
    const { module, errors } = parseSync(from, text);
    if (errors[0] !== undefined) throw new Error(`${from} cannot be parsed: ${errors[0].message}`);
    const named = [
      ...module.staticImports.map(({ moduleRequest, entries }) => ({
        request: moduleRequest.value,
        asValue: entries.length === 0 || entries.some(({ isType }) => !isType),
      })),
      ...module.staticExports.flatMap(({ entries }) =>
        entries.flatMap(({ moduleRequest, isType }) =>
          moduleRequest === null ? [] : [{ request: moduleRequest.value, asValue: !isType }],
        ),
      ),
      ...module.dynamicImports.flatMap(({ moduleRequest: { start, end } }) => {
        const request = /^["'`](.*)["'`]$/.exec(text.slice(start, end))?.[1];
        return request === undefined ? [] : [{ request, asValue: true }];
      }),
    ];
    return named.flatMap(({ request, asValue }): Import[] => {
      const own = ownPath(from, request);
      if (own === undefined) return [{ from, target: request, isOwn: false, asValue }];
      const target = resolveOwn(from, own, sources);
      return target === undefined ? [] : [{ from, target, isOwn: true, asValue }];
    });
  });
}

/** Path of ours that an import names, without its ending; undefined for packages. */
function ownPath(from: string, request: string): string | undefined {
  if (request.startsWith("@/")) return request.slice(2);
  return request.startsWith(".") ? posix.join(posix.dirname(from), request) : undefined;
}

/** The file behind a path; undefined for generated code and for what is not TypeScript. */
function resolveOwn(from: string, own: string, sources: Sources): string | undefined {
  if (own.startsWith("lib/db/generated/") || /\.(css|json|mjs|svg|woff2)$/.test(own)) return undefined;
  const found = extensions.map((extension) => own + extension).find((path) => sources.has(path));
  if (found === undefined) throw new Error(`${from} imports ${own}, which is not among the sources.`);
  return found;
}

/** The first ring of files that import each other as values, as a path that ends where it began. */
export function findCycle(imports: readonly Import[]): string[] | undefined {
  const next = new Map<string, string[]>();
  for (const { from, target, isOwn, asValue } of imports) if (isOwn && asValue) next.set(from, [...(next.get(from) ?? []), target]);
  const done = new Set<string>();
  const walk = (file: string, path: string[]): string[] | undefined => {
    const at = path.indexOf(file);
    if (at >= 0) return [...path.slice(at), file];
    if (done.has(file)) return undefined;
    for (const target of next.get(file) ?? []) {
      const ring = walk(target, [...path, file]);
      if (ring !== undefined) return ring;
    }
    done.add(file);
    return undefined;
  };
  for (const file of next.keys()) {
    const ring = walk(file, []);
    if (ring !== undefined) return ring;
  }
  return undefined;
}
