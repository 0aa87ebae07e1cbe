import { ArmError } from "./errors";
import { hasHostBits, isPrivate, readIpv4 } from "./ipv4";

/** The parts of a cluster's properties that decide which ranges it takes. */
export type RangeFacts = { isPrivate: boolean; vnetIntegration: boolean; loadBalancerSku: string | undefined };

const mostRanges = 200;
const mostWithVnetIntegration = 2000;
const onlyOutbound = "0.0.0.0/32";

/** How a service tag is written among the ranges (Azure/azure-cli-extensions, aks-preview, _validators.py). */
const serviceTag = /^[A-Za-z][A-Za-z0-9]*(?:\.[A-Za-z0-9]+)*$/;

/** True for an entry that is a service tag and no address. */
export function isServiceTag(entry: string): boolean {
  return serviceTag.test(entry);
}

/**
 * The authorized IP ranges as AKS keeps them: a bare address as a /32. Throws 400 `InvalidParameter`. The words about 200 ranges
 * (neumanndaniel/terraform#1) and about 0.0.0.0/32 (Azure/terraform-azurerm-aks#378) are Azure's own; those about 2,000 follow them. The rest are
 * rules of the documentation and of the CLI (azure-aks-docs, articles/aks/api-server-authorized-ip-ranges.md and api-server-service-tags.md); in which
 * words the service itself refuses them, and whether it refuses IPv6 at all, is not recorded.
 */
export function rangesToKeep(asked: unknown, facts: RangeFacts): string[] {
  if (!Array.isArray(asked) || !asked.every((one): one is string => typeof one === "string")) throw invalid("it must be a list of texts");
  if (asked.length === 0) return [];
  if (facts.isPrivate) throw invalid("authorized IP ranges are not supported for a private cluster");
  if (facts.loadBalancerSku === "basic") throw invalid("authorized IP ranges need the standard load balancer");
  const most = facts.vnetIntegration ? mostWithVnetIntegration : mostRanges;
  if (asked.length > most) throw refused(`The number of APIServer Authorized IP Ranges is greater than the allowed value ${most}.`);
  const kept = asked.map(entryToKeep);
  if (kept.filter(isServiceTag).length > 1) throw invalid("only one service tag is supported");
  if (kept.length > 1 && kept.includes(onlyOutbound))
    throw refused(
      "Setting apiServerAuthorizedIPRange to 0.0.0.0/32 is not allowed with other IP ranges. Refer to https://aka.ms/aks/auth-ip-ranges for more details",
    );
  return kept;
}

function entryToKeep(entry: string): string {
  if (isServiceTag(entry)) return entry;
  const range = readIpv4(entry);
  if (range === null) throw invalid(`'${entry}' is neither an IPv4 address, an IPv4 CIDR nor a service tag`);
  if (hasHostBits(range)) throw invalid(`'${entry}' does not begin with the network address of its range`);
  if (isPrivate(range)) throw invalid(`'${entry}' is not a public address range`);
  return `${range.text}/${range.bits}`;
}

function invalid(details: string): ArmError {
  return refused(`The value of parameter apiServerAccessProfile.authorizedIPRanges is invalid. Error details: ${details}.`);
}

function refused(message: string): ArmError {
  return new ArmError(400, "InvalidParameter", message, {}, { target: "apiServerAccessProfile.authorizedIPRanges" });
}
