type Entries = Record<string, Record<string, unknown>>;
type Cache = Record<string, Entries>;

/**
 * Joins two serialized MSAL caches of one account that were renewed at once. What is stored wins (Entra keeps an earlier refresh token
 * valid), save for an access token that was fetched later than the stored one of the same key. Nothing of either side is lost.
 */
export function mergeCaches(stored: string, mine: string): string {
  const [theirs, ours] = [JSON.parse(stored) as Cache, JSON.parse(mine) as Cache];
  const sections = new Set([...Object.keys(theirs), ...Object.keys(ours)]);
  return JSON.stringify(
    Object.fromEntries([...sections].map((section) => [section, mergeSection(theirs[section] ?? {}, ours[section] ?? {})])),
  );
}

function mergeSection(theirs: Entries, ours: Entries): Entries {
  const merged = { ...ours, ...theirs };
  for (const [key, entry] of Object.entries(ours)) if (fetchedAt(entry) > fetchedAt(theirs[key])) merged[key] = entry;
  return merged;
}

/** Only access tokens say when they were fetched (seconds since 1970, as text). */
function fetchedAt(entry: Record<string, unknown> | undefined): number {
  return Number(entry?.cached_at ?? 0);
}
