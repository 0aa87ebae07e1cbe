#!/usr/bin/env node
// Draws public/icons.svg: one sheet with the icons that components/ui/icons.tsx names, from Lucide (ISC licence).
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { isMain } from "./main-module.mjs";
import { root } from "./root.mjs";

const file = join(root, "public/icons.svg");

/** Writes the sheet, when it is not there yet as it should be. */
export async function drawIcons() {
  const names = [...readFileSync(join(root, "components/ui/icons.tsx"), "utf8").matchAll(/= icon\("([a-z0-9-]+)"\)/g)].map(
    ([, name]) => name,
  );
  const symbols = await Promise.all([...new Set(names)].sort().map(symbolOf));
  const sheet = `<svg xmlns="http://www.w3.org/2000/svg"><!-- Lucide, ISC licence, https://lucide.dev/license -->${symbols.join("")}</svg>\n`;
  if (existsSync(file) && readFileSync(file, "utf8") === sheet) return;
  mkdirSync(join(root, "public"), { recursive: true });
  writeFileSync(file, sheet);
}

/** The address of the sheet, with a hash of what is in it; without one while it is not drawn. */
export function iconSheetAddress() {
  if (!existsSync(file)) return "/icons.svg";
  return `/icons.svg?v=${createHash("sha256").update(readFileSync(file)).digest("hex").slice(0, 12)}`;
}

async function symbolOf(name) {
  const { __iconData: data } = await import(pathToFileURL(join(root, "node_modules/lucide-react/dist/esm/icons", `${name}.mjs`)).href);
  if (data === undefined) throw new Error(`Lucide calls the icon ${name} by another name now: see its file there.`);
  const shapes = data.node.map(([tag, { key: _, ...attributes }]) => `<${tag}${Object.entries(attributes).map(attribute).join("")}/>`);
  return `<symbol id="${name}" viewBox="0 0 ${data.size} ${data.size}">${shapes.join("")}</symbol>`;
}

const attribute = ([name, value]) => ` ${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}="${value}"`;

if (isMain(import.meta.url)) await drawIcons();
