import { bicepQuote } from "@/lib/plans/quote";

/** A list for Bicep: the part of a managed cluster's properties. A file of its own would have to repeat the whole cluster, since Bicep sends it whole. */
export function renderRangesBicep(ranges: readonly string[]): string {
  const lines = [
    "// This is no resource of its own: put it into the properties of the managed cluster that your template has. Never deploy it alone,",
    "// since Bicep sends a cluster as a whole, and what a template leaves out is lost.",
    "apiServerAccessProfile: {",
    "  authorizedIPRanges: [",
    ...ranges.map((range) => `    ${bicepQuote(range)}`),
    "  ]",
    "}",
  ];
  return `${lines.join("\n")}\n`;
}
