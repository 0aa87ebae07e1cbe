import { type Cidr, parseCidr } from "../cidr";
import { tagRanges } from "../required";
import type { FirstSeen } from "../tags/first-seen";
import type { ServiceTag } from "../tags/snapshot";
import type { KnownTags } from "./facts";

/** The tags in use, as their store gives them. A warning: a tag lacks ranges that it had. */
export type TagsInUse = {
  snapshotId: string;
  /** ISO 8601. */
  since: string;
  tags: readonly ServiceTag[];
  firstSeen: FirstSeen;
  warnings: readonly { tag: string; what: "vanished" | "shrank" }[];
};

const service = "azuremachinelearning";

/** What planning wants of the tags in use. Ranges of the tags of Azure ML are read at once, those of others where a list names them. */
export function knownTagsOf({ snapshotId, since, tags, firstSeen, warnings }: TagsInUse): KnownTags {
  const own = tags.filter(({ name }) => name.toLowerCase() === service || name.toLowerCase().startsWith(`${service}.`));
  const ranges = ({ name, prefixes }: ServiceTag) => tagRanges(prefixes, firstSeen.get(name.toLowerCase()));
  const global = own.find(({ region }) => region === null);
  const blocked = new Map(warnings.map(({ tag, what }) => [tag.toLowerCase(), what]));
  return {
    snapshot: { snapshotId, since },
    regional: new Map(own.flatMap((tag) => (tag.region === null ? [] : [[tag.region, ranges(tag)] as const]))),
    global: global === undefined ? null : ranges(global),
    tagOf: (name) => cidrsOf(tags.find((tag) => tag.name.toLowerCase() === name.toLowerCase())),
    removalsBlocked: (tag) => {
      const what = blocked.get(tag.toLowerCase());
      if (what === undefined) return null;
      return `The service tag ${tag} ${what === "vanished" ? "is gone from" : "lost many of its ranges in"} the newest snapshot: nothing is removed on its word until it is whole again, or an administrator accepts it.`;
    },
  };
}

const cidrsOf = (tag: ServiceTag | undefined): Cidr[] | undefined => tag?.prefixes.map((prefix) => parseCidr(prefix));
