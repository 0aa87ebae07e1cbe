import { type Cidr, compareCidrs, parseCidr } from "./cidr";

/** A range of a tag, and when it first appeared: ISO 8601; null when it was there before the history began. */
export type TagRange = { prefix: string; cidr: Cidr; firstSeen: string | null };
/** Which tags count: of the regions alone, with their paired regions, or the tag of all regions. */
export type CoverageScope = "region" | "region-and-pair" | "global";

/** What is known of the regions' tags of Azure ML; made once for a whole fleet. */
export type KnownRanges = {
  /** Ranges by ARM location. A location that is not here has no tag in the snapshot. */
  regional: ReadonlyMap<string, readonly TagRange[]>;
  /** Ranges of the tag of all regions; null when the snapshot has none. */
  global: readonly TagRange[] | null;
  /** Paired region by ARM location; null: the region has none. */
  pairs: ReadonlyMap<string, string | null>;
};

/** A range that Azure ML may call from, and the ARM locations whose tags hold it (none in the global scope). */
export type RequiredRange = TagRange & { regions: readonly string[] };
/** The ranges of some regions, IPv4 first and in order, and what was not there. */
export type RequiredRanges = {
  ranges: readonly RequiredRange[];
  /** ARM locations whose tags count, pairs included. */
  regions: readonly string[];
  /** Locations that are known to have no pair, where pairs count. */
  withoutPair: readonly string[];
  /** Locations whose tag the snapshot does not have. */
  withoutTag: readonly string[];
};

/** Ranges of a tag, read once. Throws `invalid_input` for a text that is no range. */
export function tagRanges(prefixes: readonly string[], firstSeen?: ReadonlyMap<string, string | null>): TagRange[] {
  return prefixes.map((prefix) => ({ prefix, cidr: parseCidr(prefix, { field: "prefixes" }), firstSeen: firstSeen?.get(prefix) ?? null }));
}

/** What the workspaces of these regions need, within a scope. */
export function requiredRanges(locations: readonly string[], scope: CoverageScope, known: KnownRanges): RequiredRanges {
  const own = [...new Set(locations)];
  if (scope === "global") {
    const ranges = (known.global ?? []).map((range) => ({ ...range, regions: [] }));
    return { ranges, regions: own, withoutPair: [], withoutTag: known.global === null ? own : [] };
  }
  const regions = regionsOf(own, scope, known);
  return {
    ranges: rangesOf(regions, known),
    regions,
    withoutPair: scope === "region" ? [] : own.filter((location) => (known.pairs.get(location) ?? null) === null),
    withoutTag: regions.filter((location) => !known.regional.has(location)),
  };
}

/** Locations whose tags count for these, each once. */
export function regionsOf(locations: readonly string[], scope: CoverageScope, { pairs }: KnownRanges): string[] {
  const paired = scope === "region-and-pair" ? locations.flatMap((location) => pairs.get(location) ?? []) : [];
  return [...new Set([...locations, ...paired])];
}

function rangesOf(regions: readonly string[], { regional }: KnownRanges): RequiredRange[] {
  const found = new Map<string, RequiredRange & { regions: string[] }>();
  for (const location of regions) {
    for (const range of regional.get(location) ?? []) {
      const known = found.get(range.prefix);
      if (known === undefined) found.set(range.prefix, { ...range, regions: [location] });
      else known.regions.push(location);
    }
  }
  return [...found.values()].sort((a, b) => compareCidrs(a.cidr, b.cidr));
}
