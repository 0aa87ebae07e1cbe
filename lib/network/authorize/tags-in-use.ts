import type { Readable } from "@/lib/azure/types";
import type { NetworkChange } from "@/lib/plans/plan";
import { type Cidr, parseCidr } from "../cidr";
import type { CoverageInput } from "../coverage";
import { type KnownRanges, tagRanges } from "../required";
import type { TagWarning } from "../snapshots/warning-store";
import type { FirstSeen } from "../tags/first-seen";
import type { ServiceTag } from "../tags/snapshot";
import type { KnownTags } from "./facts";

/** The tags in use, as their store gives them. */
export type TagsInUse = {
  snapshotId: string;
  /** ISO 8601. */
  since: string;
  tags: readonly ServiceTag[];
  firstSeen: FirstSeen;
  warnings: readonly TagWarning[];
  /** Ids of snapshots that somebody withdrew. */
  withdrawn: ReadonlySet<string>;
};

const service = "azuremachinelearning";

/** What planning wants of the tags in use. Ranges of the tags of Azure ML are read at once, those of others where a list names them. */
export function knownTagsOf({ snapshotId, since, tags, firstSeen, warnings, withdrawn }: TagsInUse): KnownTags {
  const own = tags.filter(({ name }) => name.toLowerCase() === service || name.toLowerCase().startsWith(`${service}.`));
  const ranges = ({ name, prefixes }: ServiceTag) => tagRanges(prefixes, firstSeen.get(name.toLowerCase()));
  const global = own.find(({ region }) => region === null);
  const blocked = new Map(warnings.map((warning) => [warning.tag.toLowerCase(), warning]));
  return {
    snapshot: { snapshotId, since },
    regional: new Map(own.flatMap((tag) => (tag.region === null ? [] : [[tag.region, ranges(tag)] as const]))),
    global: global === undefined ? null : ranges(global),
    tagOf: (name) => cidrsOf(tags.find((tag) => tag.name.toLowerCase() === name.toLowerCase())),
    isWithdrawn: (id) => withdrawn.has(id),
    warningsOf: (names) => [...new Set(names.map((name) => name.toLowerCase()))].flatMap((name) => blocked.get(name) ?? []),
    removalsBlocked: (tag) => {
      const warning = blocked.get(tag.toLowerCase());
      if (warning === undefined) return null;
      const { tag: name, what, lost, since } = warning;
      const found = `${what === "vanished" ? "is gone, with" : "lacks"} ${lost === 1 ? "1 range" : `${lost} ranges`} that it had`;
      return `The service tag ${name} ${found}, since ${since.slice(0, 10)}: nothing is removed on its word until it is whole again, or an administrator accepts it.`;
    },
  };
}

/** The tags of Azure ML for some regions, as their warnings name them. */
export const tagNames = (regions: readonly string[]): string[] => [
  "AzureMachineLearning",
  ...regions.map((region) => `AzureMachineLearning.${region}`),
];

/** What coverage is found from of the service tags and of the paired regions (undefined: they could not be read). */
export function coverageTags(
  tags: Readable<KnownTags>,
  pairs: KnownRanges["pairs"] | undefined,
): Pick<CoverageInput, "known" | "tagOf" | "isDoubtful"> {
  const known = tags.state === "ok" ? tags.value : null;
  return {
    known: { regional: known?.regional ?? new Map(), global: known?.global ?? null, pairs: pairs ?? new Map() },
    tagOf: (name) => known?.tagOf(name),
    isDoubtful: (regions) => known !== null && known.warningsOf(tagNames(regions)).length > 0,
  };
}

/** Whether a change rests on service tags that somebody withdrew since. Where none is left, whatever it rests on was withdrawn. */
export function isOfWithdrawn({ tags: planned }: Pick<NetworkChange, "tags">, tags: Readable<KnownTags>): boolean {
  if (planned === null) return false;
  return tags.state === "absent" || (tags.state === "ok" && tags.value.isWithdrawn(planned.snapshotId));
}

const cidrsOf = (tag: ServiceTag | undefined): Cidr[] | undefined => tag?.prefixes.map((prefix) => parseCidr(prefix));
