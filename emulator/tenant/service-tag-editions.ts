import type { Publications, TagChange } from "../state/service-tag-shapes";
import { firstTags, inOrder, type ServiceTag } from "./service-tags";

/** One state of all tags. `changeNumber` rises by one with each. */
export type Edition = { changeNumber: number; tags: ServiceTag[] };

const firstNumber = 375;
const firstMonday = Date.UTC(2025, 9, 27);
const weekMs = 7 * 86_400_000;

/**
 * What is published when the story begins: the weekly file is one edition ahead of ARM, which lags by up to four weeks (azure-docs,
 * articles/virtual-network/service-tags-overview.md). The newer one adds what Azure added to East US and West US between autumn 2025 and summer 2026.
 * ARM's answer is a subset: a region that is new is not in it.
 */
export function firstPublications(): Publications {
  const eastUs = ["48.206.203.243/32", "48.206.204.146/31", "48.206.204.148/30", "48.206.204.160/27", "48.206.204.192/28"];
  const westUs = ["20.59.136.138/31", "20.59.136.140/30", "20.59.136.144/28", "20.59.136.160/27", "20.59.136.192/32"];
  const additions: TagChange[] = [
    { tag: "AzureMachineLearning.EastUS", add: [...eastUs, "2603:1030:210:2e::7b0/124"] },
    { tag: "AzureMachineLearning.WestUS", add: westUs },
  ];
  const newRegion = ["AzureMachineLearning.ChileCentral", "AzureCloud.chilec", "Storage.ChileCentral"];
  return { editions: [additions], lag: 1, heldBack: newRegion };
}

/** The newest edition: the weekly file's. */
export function newestEdition({ editions }: Publications): Edition {
  return editionAt(editions, editions.length);
}

/** The edition that ARM answers: behind the weekly file, and without what it holds back. */
export function armEdition({ editions, lag, heldBack }: Publications): Edition {
  const { changeNumber, tags } = editionAt(editions, Math.max(0, editions.length - lag));
  const hidden = new Set(heldBack.map((one) => one.toLowerCase()));
  return { changeNumber, tags: tags.filter((one) => !hidden.has(one.name.toLowerCase())) };
}

/** The edition of a day (YYYYMMDD, a Monday), or undefined where none came out. */
export function editionOfDay({ editions }: Publications, day: string): Edition | undefined {
  const place = editions.findIndex((_, index) => dayOf(firstNumber + index + 1) === day) + 1;
  if (place > 0) return editionAt(editions, place);
  return day === dayOf(firstNumber) ? editionAt(editions, 0) : undefined;
}

/** The day (YYYYMMDD) on which an edition came out. */
export function dayOf(changeNumber: number): string {
  return new Date(firstMonday + (changeNumber - firstNumber) * weekMs).toISOString().slice(0, 10).replaceAll("-", "");
}

function editionAt(editions: TagChange[][], count: number): Edition {
  const tags = editions.slice(0, count).reduce(changed, firstTags());
  return { changeNumber: firstNumber + count, tags };
}

function changed(tags: ServiceTag[], changes: TagChange[]): ServiceTag[] {
  const all = changes.flatMap((one) => [one, ...inGlobal(one)]);
  const touched = new Set(all.map(nameOf));
  return tags.flatMap((tag) => {
    if (!touched.has(tag.name.toLowerCase())) return [tag];
    const own = all.filter((one) => nameOf(one) === tag.name.toLowerCase());
    if (own.some((one) => one.gone === true)) return [];
    return [{ ...tag, changeNumber: tag.changeNumber + 1, addressPrefixes: own.reduce(prefixesAfter, tag.addressPrefixes) }];
  });
}

/** What a regional tag gains or loses, its global one does too. */
function inGlobal({ tag, add = [], remove = [] }: TagChange): TagChange[] {
  const global = tag.split(".")[0] ?? tag;
  return global === tag || add.length + remove.length === 0 ? [] : [{ tag: global, add, remove }];
}

function prefixesAfter(prefixes: string[], { add = [], remove = [], keep }: TagChange): string[] {
  const left = prefixes.filter((one) => !remove.includes(one));
  return inOrder([...left.slice(0, keep ?? left.length), ...add]);
}

function nameOf(change: TagChange): string {
  return change.tag.toLowerCase();
}
