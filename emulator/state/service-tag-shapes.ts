/**
 * What an edition changes of a tag: prefixes added or removed (of a regional tag also in its global one), only the first `keep` of them left,
 * or the whole tag `gone`.
 */
export type TagChange = { tag: string; add?: string[]; remove?: string[]; keep?: number; gone?: boolean };

/** What was published beyond the first edition, how many editions ARM is behind the weekly file, and tags that ARM leaves out. */
export type Publications = { editions: TagChange[][]; lag: number; heldBack: string[] };
