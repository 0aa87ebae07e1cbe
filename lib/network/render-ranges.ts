import { BinderyError } from "@/lib/kernel/errors";
import { hclQuote } from "@/lib/plans/quote";
import { commandLines, within } from "@/lib/plans/render-az";
import { tagEntry } from "./entries";

/** Ranges one on a line. */
export const renderCidrList = (ranges: readonly string[]): string => `${ranges.join("\n")}\n`;

/** A list for Terraform (azurerm 4): the block of the cluster's resource. Throws `invalid_input` for an empty list, which would let in every address. */
export function renderRangesTerraform(ranges: readonly string[]): string {
  refuseEmpty(ranges);
  const lines = [
    ...(hasTag(ranges) ? ["# azurerm takes ranges only, and refuses the service tag in this list."] : []),
    "api_server_access_profile {",
    "  authorized_ip_ranges = [",
    ...ranges.map((range) => `    ${hclQuote(range)},`),
    "  ]",
    "}",
  ];
  return `${lines.join("\n")}\n`;
}

/** A list as a command of the Azure CLI, which replaces the whole list of the cluster (ARM id). Throws `invalid_input` for an empty list. */
export function renderRangesAz(clusterId: string, ranges: readonly string[]): string {
  refuseEmpty(ranges);
  const note = hasTag(ranges) ? "# A service tag in the list needs the extension aks-preview.\n" : "";
  return `${note}${commandLines([["az", "aks", "update"], ...within(clusterId, "--name"), ["--api-server-authorized-ip-ranges", ranges.join(",")]])}\n`;
}

const hasTag = (ranges: readonly string[]): boolean => ranges.some((range) => tagEntry.test(range));

function refuseEmpty(ranges: readonly string[]): void {
  if (ranges.length === 0)
    throw new BinderyError("invalid_input", "An empty list lets in every address, so that it is not exported.", {
      remedy: "Choose at least one range.",
    });
}
