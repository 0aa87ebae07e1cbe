const browsers = [
  ["Edge", /\bEdg(?:e|A|iOS)?\//],
  ["Firefox", /\b(?:Firefox|FxiOS)\//],
  ["Chrome", /\b(?:Headless)?(?:Chrome|CriOS)\//],
  ["Safari", /\bSafari\//],
] as const;
const systems = [
  ["Android", /Android/],
  ["iOS", /iPhone|iPad/],
  ["Windows", /Windows/],
  ["macOS", /Mac OS X/],
  ["Linux", /Linux|X11/],
] as const;

/** `Firefox on Windows` of a User-Agent header: enough to know one's own browsers apart. It is what the browser claims, no proof. */
export function browserOf(userAgent: string | null): string {
  if (userAgent === null || userAgent === "") return "not known";
  const first = (known: readonly (readonly [string, RegExp])[]) => known.find(([, mark]) => mark.test(userAgent))?.[0];
  const browser = first(browsers) ?? userAgent.split(/[\s/]/)[0] ?? "another browser";
  const system = first(systems);
  return system === undefined ? browser : `${browser} on ${system}`;
}
