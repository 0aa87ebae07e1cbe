import type * as engine from "@prisma/schema-engine-wasm";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";

type Glue = typeof engine & { __wbg_set_wasm(exports: WebAssembly.Exports): void };

let loaded: Promise<Glue> | undefined;

/**
 * Prisma's schema engine, in this process. Its package exports a module that imports a .wasm file, which Node 20 cannot; so the two
 * parts are joined here. Not a documented API: the version is pinned with Prisma's own and `migrate.test.ts` guards it.
 */
export function schemaEngine(): Promise<Glue> {
  loaded ??= load();
  return loaded;
}

async function load(): Promise<Glue> {
  const path = createRequire(import.meta.url).resolve("@prisma/schema-engine-wasm/schema_engine_bg");
  const glue = (await import(/* webpackIgnore: true */ /* @vite-ignore */ pathToFileURL(path).href)) as Glue;
  const wasm = await readFile(join(dirname(path), "schema_engine_bg.wasm"));
  const { instance } = await WebAssembly.instantiate(wasm, { "./schema_engine_bg.js": glue as unknown as WebAssembly.ModuleImports });
  glue.__wbg_set_wasm(instance.exports);
  (instance.exports.__wbindgen_start as () => void)();
  return glue;
}
