import { isAzureMl } from "./azure-ml";
import { FaultList, type TagFault } from "./faults";
import { findJsonFault, placeOf } from "./json-place";
import { readPrefixes } from "./prefixes";
import { locationOf } from "./region";
import { mostTagBytes } from "./size";
import { contentHash, type ServiceTag, type TagSnapshot } from "./snapshot";

/** What a document gave: a snapshot, or the faults that it was refused for (the first twenty) and how many were counted. */
export type TagReading = { snapshot: TagSnapshot } | { faults: TagFault[]; faultCount: number };

/** Lists and objects that a document may have, of which the weekly file has some 10,000, and commas, of which it has 130,000. */
const mostOpenings = 200_000;
const mostCommas = 700_000;
/** Ranges that a tag of Azure ML may have, whose largest has some 340: each look at a cluster goes through them. */
const mostOfAzureMl = 5_000;

/** Tags of the platform on each host (DNS, instance metadata, licences), whose addresses are not public. */
const platformTag = /^AzurePlatform(DNS|IMDS|LKM)$/i;

/**
 * Reads the weekly file (numbers) or ARM's answer (numbers as texts, pages joined by the caller) of one cloud, named as the document names
 * it: `Public`. Nothing of a document with a fault is taken. A tag that holds no addresses of the public internet by design is skipped.
 */
export function readServiceTags(text: string, { cloud }: { cloud: string }): TagReading {
  const unfit = sizeFault(text);
  if (unfit !== undefined) return refused([unfit]);
  const clean = text.startsWith("\uFEFF") ? text.slice(1) : text;
  const document = parse(clean);
  if ("fault" in document) return refused([document.fault]);
  const faults = new FaultList();
  const snapshot = readDocument(document.value, cloud, faults);
  return faults.count === 0 && snapshot !== undefined ? { snapshot } : { faults: faults.placed(clean), faultCount: faults.count };
}

const refused = (faults: TagFault[]): TagReading => ({ faults, faultCount: faults.length });

function sizeFault(text: string): TagFault | undefined {
  if (text.trim() === "") return { text: "The document is empty. Choose the file of service tags that Microsoft publishes each week." };
  if (text.length > mostTagBytes)
    return { text: `The document is larger than ${mostTagBytes / 1024 / 1024} MB, and the weekly file has about 4. Choose that file.` };
  // Counted before anything is built: a text can unfold to fifty times its length in memory.
  // A comma stands behind a value, so that a text of the weekly file's length cannot have too many.
  const isLong = text.length > 2 * mostCommas;
  if (hasMoreThan(text, "{", mostOpenings) || hasMoreThan(text, "[", mostOpenings) || (isLong && hasMoreThan(text, ",", mostCommas)))
    return { text: "The document has far more lists, objects or values than service tags there are. Choose the weekly file." };
  return undefined;
}

function hasMoreThan(text: string, char: string, most: number): boolean {
  let count = 0;
  for (let at = text.indexOf(char); at >= 0 && count <= most; at = text.indexOf(char, at + 1)) count++;
  return count > most;
}

function parse(text: string): { value: unknown } | { fault: TagFault } {
  try {
    return { value: JSON.parse(text) };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const found = findJsonFault(text);
    if (found === undefined) return { fault: { text: "The document is no sound JSON. Download it again." } };
    const place = placeOf(text, found.offset);
    return {
      fault: {
        text: `The document is no sound JSON at line ${place.line}, column ${place.column}: ${found.text}. Download it again.`,
        ...place,
      },
    };
  }
}

function readDocument(value: unknown, cloud: string, faults: FaultList): TagSnapshot | undefined {
  if (!isRecord(value)) {
    faults.add("", { text: "The document is no object. A document of service tags has changeNumber, cloud and values." });
    return undefined;
  }
  const changeNumber = wholeNumber(value.changeNumber);
  if (changeNumber === undefined)
    faults.add("changeNumber", { text: `The document's changeNumber is ${shown(value.changeNumber)}: it should be a whole number.` });
  if (typeof value.cloud !== "string" || value.cloud.toLowerCase() !== cloud.toLowerCase())
    faults.add("cloud", {
      text: `The document is of the cloud ${shown(value.cloud)}, and Bindery works in ${cloud}. Choose the file of ${cloud}.`,
    });
  if (typeof value.nextLink === "string" && value.nextLink !== "")
    faults.add("nextLink", { text: "The document is one page of several. Join all pages first." });
  if (!Array.isArray(value.values) || value.values.length === 0) {
    const state = Array.isArray(value.values) ? "has no tags" : "has no list “values”";
    faults.add("values", { text: `The document ${state}. A document of service tags has changeNumber, cloud and values.` });
    return undefined;
  }
  const { tags, skipped } = readTags(value.values, faults);
  if (faults.count > 0 || changeNumber === undefined) return undefined;
  return { cloud, changeNumber, tags, skipped, hash: contentHash(cloud, tags) };
}

function readTags(values: readonly unknown[], faults: FaultList): { tags: ServiceTag[]; skipped: string[] } {
  const tags: ServiceTag[] = [];
  const skipped: string[] = [];
  const first = new Map<string, number>();
  for (const [at, value] of values.entries()) {
    const path = `values/${at}`;
    const name = isRecord(value) && typeof value.name === "string" ? value.name : "";
    if (!isRecord(value) || !tagName.test(name)) {
      faults.add(path, { text: `Entry ${at + 1} of “values” has no sound name, such as AzureMachineLearning.EastUS.` });
      continue;
    }
    const key = name.toLowerCase();
    const earlier = first.get(key);
    if (earlier !== undefined)
      faults.add(`${path}/name`, { text: `${name} is there twice, as entries ${earlier + 1} and ${at + 1}.`, tag: name });
    first.set(key, at);
    if (platformTag.test(name)) skipped.push(name);
    else {
      const tag = readTag(name, value, path, faults);
      if (tag !== undefined) tags.push(tag);
    }
    if (faults.isEnough) break;
  }
  return { tags, skipped };
}

const tagName = /^[A-Za-z0-9_-]{1,80}(\.[A-Za-z0-9_-]{1,80}){0,3}$/;

function readTag(name: string, value: Record<string, unknown>, path: string, faults: FaultList): ServiceTag | undefined {
  const own = value.properties;
  if (!isRecord(own) || !Array.isArray(own.addressPrefixes)) {
    faults.add(`${path}/properties`, { text: `${name} has no list “addressPrefixes” in its properties.`, tag: name });
    return undefined;
  }
  const given = own.changeNumber ?? value.serviceTagChangeNumber;
  const changeNumber = wholeNumber(given);
  if (changeNumber === undefined) {
    faults.add(`${path}/properties`, { text: `${name} has the changeNumber ${shown(given)}: it should be a whole number.`, tag: name });
    return undefined;
  }
  if (isAzureMl({ name }) && own.addressPrefixes.length > mostOfAzureMl) {
    const text = `${name} has ${own.addressPrefixes.length} ranges, and no more than ${mostOfAzureMl} are taken of a tag of Azure ML.`;
    faults.add(`${path}/properties/addressPrefixes`, { text, tag: name });
    return undefined;
  }
  return {
    name,
    service: typeof own.systemService === "string" && serviceName.test(own.systemService) ? own.systemService : "",
    region: regionOf(name, own.region),
    changeNumber,
    prefixes: readPrefixes(name, own.addressPrefixes, `${path}/properties/addressPrefixes`, faults),
  };
}

const serviceName = /^[\w.-]{1,80}$/;

/**
 * Of a tag of Azure ML its name alone tells the region: what it opens follows from that, and the content's hash covers names. Another tag is of a
 * region when its document says so; which one its name tells best, since `region` may be an abbreviation that is new.
 */
function regionOf(name: string, region: unknown): string | null {
  const suffix = name.includes(".") ? name.slice(name.lastIndexOf(".") + 1) : null;
  if (isAzureMl({ name })) return suffix === null ? null : locationOf(suffix);
  if (typeof region !== "string" || !regionName.test(region)) return null;
  return locationOf(suffix ?? region);
}
const regionName = /^[A-Za-z0-9 _-]{1,80}$/;

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null && !Array.isArray(value);

/** A whole number, as number or text. */
function wholeNumber(value: unknown): number | undefined {
  if (typeof value === "number") return Number.isSafeInteger(value) && value >= 0 ? value : undefined;
  return typeof value === "string" && /^\d{1,15}$/.test(value) ? Number(value) : undefined;
}

function shown(value: unknown): string {
  if (value === undefined) return "missing";
  return typeof value === "object" && value !== null
    ? "no text and no number"
    : `“${JSON.stringify(value).slice(0, 60).replace(/^"|"$/g, "")}”`;
}
