import type { ServiceTag } from "./snapshot";

/** True for the tags of Azure ML: the global one, those of regions, and the one for inference. */
export const isAzureMl = ({ name }: Pick<ServiceTag, "name">): boolean => /^AzureMachineLearning/i.test(name);

/** How many ranges of each family, of a tag's ranges in their order: IPv4 come before IPv6. */
export function countsOf(prefixes: readonly string[]): { ipv4: number; ipv6: number } {
  let low = 0;
  let high = prefixes.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (prefixes[middle]?.includes(":") === true) high = middle;
    else low = middle + 1;
  }
  return { ipv4: low, ipv6: prefixes.length - low };
}
