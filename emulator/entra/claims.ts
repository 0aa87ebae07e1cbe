/**
 * The authentication contexts (`acrs`) that a `claims` request asks for, in the access token or the id_token, as a list of `values` or one `value`.
 * Null when the text is not JSON.
 */
export function acrsAsked(claims: string | null): string[] | null {
  if (claims === null || claims === "") return [];
  let parsed: unknown;
  try {
    parsed = JSON.parse(claims);
  } catch {
    return null;
  }
  const asked = new Set<string>();
  for (const part of ["access_token", "id_token"]) {
    const acrs = field(field(parsed, part), "acrs");
    const value = field(acrs, "value");
    const values = field(acrs, "values");
    if (typeof value === "string") asked.add(value);
    if (Array.isArray(values)) for (const one of values) if (typeof one === "string") asked.add(one);
  }
  return [...asked];
}

/** The client capabilities (`cp1`) that a `claims` request declares as `xms_cc`. */
export function capabilitiesOf(claims: string | null): string[] {
  if (claims === null || claims === "") return [];
  try {
    const values = field(field(field(JSON.parse(claims), "access_token"), "xms_cc"), "values");
    return Array.isArray(values) ? values.filter((one): one is string => typeof one === "string") : [];
  } catch {
    return [];
  }
}

function field(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}
