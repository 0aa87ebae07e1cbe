import { regions } from "./locations";
import { firstTags } from "./service-tags";

/** Where Contoso's people and pipelines come from, and the network from which API servers see the portal: documentation networks (RFC 5737). */
export const office = "203.0.113.0/28";
export const pipelines = "198.51.100.17/32";
export const portalNetwork = "198.51.100.192/26";

/** The IPv4 prefixes of Azure Machine Learning in these regions (`eastus2`), as ARM has them when the story begins. */
export function machineLearningRanges(...locations: string[]): string[] {
  const names = locations.map((one) => `azuremachinelearning.${one}`);
  const tags = firstTags().filter((one) => names.includes(one.name.toLowerCase()));
  return tags.flatMap((one) => one.addressPrefixes.filter((prefix) => !prefix.includes(":")));
}

/** The authorized IP ranges of a generated cluster: of every ten two have none, two no range of Azure Machine Learning, three some, two all of region and pair, one a tag. */
export function fleetRanges(location: string, number: number): string[] | undefined {
  const { pair, displayName } = regions.find((one) => one.name === location) ?? { pair: location, displayName: location };
  const all = machineLearningRanges(location, pair);
  const foreign = [office, portalNetwork];
  const kind = number % 10;
  if (kind < 2) return undefined;
  if (kind < 4) return foreign;
  if (kind < 7) return [...foreign, ...all.filter((_, index) => index % (kind - 2) === 0)];
  return kind < 9 ? [...foreign, ...all] : [...foreign, `AzureMachineLearning.${displayName.replace(/ /g, "")}`];
}
