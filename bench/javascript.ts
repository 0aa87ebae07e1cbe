import { get } from "node:http";
import type { PortalClient } from "../e2e/http/portal-client";
import { lower, type Row } from "./row";

/** First-load JavaScript of each page, gzip bytes as served: every script that the HTML names, without the one for browsers that know no modules. */
export async function firstLoadJavaScript(client: PortalClient, paths: { path: string; goal: number }[]): Promise<Row[]> {
  const rows: Row[] = [];
  const sizes = new Map<string, number>();
  for (const { path, goal } of paths) {
    const html = await client.page(path);
    const scripts = [...html.matchAll(/<script\b[^>]*>/g)].map(([tag]) => tag).filter((tag) => !/\bnomodule\b/i.test(tag));
    const sources = new Set(scripts.map((tag) => tag.match(/\bsrc="([^"]+)"/)?.[1]).filter((src): src is string => src !== undefined));
    if (sources.size === 0) throw new Error(`${path} names no script: the page was not served.`);
    let sum = 0;
    for (const src of sources) {
      const known = sizes.get(src) ?? (await gzipBytes(new URL(src.replaceAll("&amp;", "&"), client.origin)));
      sizes.set(src, known);
      sum += known;
    }
    rows.push(lower(`first-load JavaScript of ${path.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, "…")}`, sum / 1000, "kB gzip", goal));
  }
  return rows;
}

function gzipBytes(url: URL): Promise<number> {
  return new Promise((resolve, reject) => {
    get(url, { headers: { "accept-encoding": "gzip" } }, (answer) => {
      let bytes = 0;
      answer.on("data", (part: Buffer) => {
        bytes += part.length;
      });
      answer.on("end", () => (answer.statusCode === 200 ? resolve(bytes) : reject(new Error(`${url.href}: ${answer.statusCode}`))));
      answer.on("error", reject);
    }).on("error", reject);
  });
}
