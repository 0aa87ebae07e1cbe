/** A region: name, display name, physical place, geography, and its pair. Longitude and latitude in degrees. */
export type Region = {
  name: string;
  displayName: string;
  place: string;
  geography: string;
  group: string;
  longitude: string;
  latitude: string;
  pair: string;
};

function region(
  name: string,
  displayName: string,
  place: string,
  geography: string,
  group: string,
  at: [string, string],
  pair: string,
): Region {
  return { name, displayName, place, geography, group, longitude: at[0], latitude: at[1], pair };
}

/** The regions of the tenant's subscriptions; pairs as in Azure. */
export const regions: Region[] = [
  region("eastus", "East US", "Virginia", "United States", "US", ["-79.8164", "37.3719"], "westus"),
  region("westus", "West US", "California", "United States", "US", ["-122.417", "37.783"], "eastus"),
  region("eastus2", "East US 2", "Virginia", "United States", "US", ["-78.3889", "36.6681"], "centralus"),
  region("centralus", "Central US", "Iowa", "United States", "US", ["-93.6208", "41.5908"], "eastus2"),
  region("westus2", "West US 2", "Washington", "United States", "US", ["-119.852", "47.233"], "westcentralus"),
  region("westcentralus", "West Central US", "Wyoming", "United States", "US", ["-110.234", "40.890"], "westus2"),
  region("westeurope", "West Europe", "Netherlands", "Europe", "Europe", ["4.9", "52.3667"], "northeurope"),
  region("northeurope", "North Europe", "Ireland", "Europe", "Europe", ["-6.2597", "53.3478"], "westeurope"),
  region("uksouth", "UK South", "London", "United Kingdom", "Europe", ["-0.799", "50.941"], "ukwest"),
  region("ukwest", "UK West", "Cardiff", "United Kingdom", "Europe", ["-3.084", "53.427"], "uksouth"),
];

/** The name of a region from any of its spellings (`East US 2`, `eastus2`), or null. */
export function regionName(text: string): string | null {
  const wanted = text.toLowerCase().replace(/\s+/g, "");
  return regions.find((one) => one.name === wanted)?.name ?? null;
}
