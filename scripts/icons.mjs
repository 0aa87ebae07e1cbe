#!/usr/bin/env node
// Draws app/icons.css: a mask for each icon that components/ui/icons.tsx names, from Lucide (ISC licence).
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { isMain } from "./main-module.mjs";
import { root } from "./root.mjs";

/** Writes the masks, when they are not there yet as they should be. */
export async function drawIcons() {
  const names = [...readFileSync(join(root, "components/ui/icons.tsx"), "utf8").matchAll(/= icon\("([a-z0-9-]+)"\)/g)].map(
    ([, name]) => name,
  );
  const masks = await Promise.all([...new Set(names)].map(maskOf));
  const sheet = `/* Lucide, ISC licence, https://lucide.dev/license */\n${masks.join("\n")}\n`;
  const file = join(root, "app/icons.css");
  if (!existsSync(file) || readFileSync(file, "utf8") !== sheet) writeFileSync(file, sheet);
}

async function maskOf(name) {
  const { __iconData: data } = await import(pathToFileURL(join(root, "node_modules/lucide-react/dist/esm/icons", `${name}.mjs`)).href);
  if (data === undefined) throw new Error(`Lucide calls the icon ${name} by another name now: see its file there.`);
  const shapes = data.node.map(([tag, attributes]) => `<${tag}${Object.entries(attributes).map(attribute).join("")}/>`);
  const pen = "fill='none' stroke='black' stroke-width='2' stroke-linecap='round' stroke-linejoin='round'";
  const svg = `<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 ${data.size} ${data.size}' ${pen}>${shapes.join("")}</svg>`;
  return `.icon-${name}{--icon:url("data:image/svg+xml,${svg.replaceAll("<", "%3C").replaceAll(">", "%3E").replaceAll("#", "%23")}")}`;
}

/** Lucide's `key` is for React alone. */
const attribute = ([name, value]) =>
  name === "key" ? "" : ` ${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}='${value}'`;

if (isMain(import.meta.url)) await drawIcons();
