import { createHash } from "node:crypto";
import { headerOf, type Incoming, type Reply } from "../server/exchange";
import { dayOf, type Edition, editionOfDay, newestEdition } from "../tenant/service-tag-editions";
import type { ServiceTag } from "../tenant/service-tags";
import { knobsOf, type World } from "../world";

const folder = "/download/7/1/d/71d86715-5596-4529-9b13-da13a5de5b63";
const newest = "/download/ServiceTags_Public.json";
const dated = new RegExp(`^${folder}/ServiceTags_Public_(\\d{8})\\.json$`, "i");

/** True for a path of the download host. */
export function isDownload(path: string): boolean {
  return path.startsWith("/download/");
}

/** Where the newest weekly file always is. Microsoft's own addresses carry a day and change with each file; those are served too. */
export function newestFileUrl(world: World): string {
  return `${world.addresses.downloads}${newest}`;
}

/** Where the file of an edition is. */
export function fileUrl(world: World, changeNumber: number): string {
  return `${world.addresses.downloads}${folder}/ServiceTags_Public_${dayOf(changeNumber)}.json`;
}

/** The weekly file of service tags, for anyone: no token is asked for. 304 where the caller has it already, 404 for a day without one. */
export function downloads(world: World, incoming: Incoming): Reply {
  const { serviceTags } = knobsOf(world);
  const day = dated.exec(incoming.path)?.[1];
  const edition = incoming.path === newest ? newestEdition(serviceTags) : day === undefined ? undefined : editionOfDay(serviceTags, day);
  if (incoming.method !== "GET" || edition === undefined) return { status: 404, body: "The file is not here." };
  const text = JSON.stringify(fileOf(edition), null, 2);
  const etag = `"${createHash("sha256").update(text).digest("hex").slice(0, 32)}"`;
  if (headerOf(incoming, "if-none-match") === etag) return { status: 304, headers: { etag } };
  return { status: 200, headers: { "content-type": "application/octet-stream", etag }, body: text };
}

/** The other shape: change numbers are numbers, and each tag has its platform, the number of its region and its network features. */
function fileOf({ changeNumber, tags }: Edition): object {
  return { changeNumber, cloud: "Public", values: tags.map(shown) };
}

function shown({ name, changeNumber, region, regionId, systemService, addressPrefixes, networkFeatures }: ServiceTag): object {
  return {
    name,
    id: name,
    properties: { changeNumber, region, regionId, platform: "Azure", systemService, addressPrefixes, networkFeatures },
  };
}
