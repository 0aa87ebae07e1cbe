import { type AddressSet, holds } from "./address-set";
import { readCidr } from "./cidr";

/** Addresses by which a cluster's nodes go out, or why they are not known. */
export type KnownEgress = { addresses: readonly string[] } | { notReadable: string };
/** Whether the nodes can reach their own API server through its list. */
export type EgressState = {
  state: "listed" | "added-by-azure" | "absent" | "unknown" | "not-restricted";
  /** Outbound addresses that no entry lets in. */
  absent: readonly string[];
  sentence: string;
};

/** For a cluster that no list restricts. */
export const notRestricted: EgressState = { state: "not-restricted", absent: [], sentence: "No list keeps the nodes out." };

/** Judges a restricted cluster's way out. `outboundType` as in the cluster's network profile. */
export function egressState(egress: KnownEgress, outboundType: string | null, allowed: AddressSet): EgressState {
  const isLoadBalancer = outboundType?.toLowerCase() === "loadbalancer";
  if ("notReadable" in egress) {
    const start = `The addresses by which the nodes go out could not be read: ${egress.notReadable}`;
    return isLoadBalancer
      ? { state: "added-by-azure", absent: [], sentence: `${start} AKS lets in its load balancer's own by itself.` }
      : {
          state: "unknown",
          absent: [],
          sentence: `${start} With outbound type ${outboundType ?? "unknown"} they must be in the list, or the nodes become NotReady.`,
        };
  }
  const absent = egress.addresses.filter((address) => {
    const reading = readCidr(address, { bareAddress: true });
    return "fault" in reading || !holds(allowed, reading.cidr);
  });
  if (egress.addresses.length > 0 && absent.length === 0)
    return { state: "listed", absent, sentence: `The nodes go out by ${countOf(egress.addresses)}, let in by the list.` };
  if (isLoadBalancer)
    return {
      state: "added-by-azure",
      absent,
      sentence: "The nodes go out by the cluster's load balancer, whose address AKS lets in by itself.",
    };
  const named =
    absent.length === 0 ? "No outbound address of the nodes is known." : `The nodes go out by ${countOf(absent)}, let in by no entry.`;
  return {
    state: absent.length === 0 ? "unknown" : "absent",
    absent,
    sentence: `${named} With outbound type ${outboundType ?? "unknown"} AKS does not add it: put it into the list, or the nodes become NotReady.`,
  };
}

/** The sentence stands in plans, which are read by more people than may read the addresses. */
const countOf = (addresses: readonly string[]): string => (addresses.length === 1 ? "one address" : `${addresses.length} addresses`);
