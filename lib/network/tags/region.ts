import { armLocation } from "@/lib/kernel/arm-location";

/** Region names of service tags that are not ARM's locations (Microsoft's weekly files, `region` and some tag names). */
const locations: Readonly<Record<string, string>> = {
  brazilne: "brazilnortheast",
  brazilse: "brazilsoutheast",
  centralfrance: "francecentral",
  chilec: "chilecentral",
  germanyn: "germanynorth",
  germanywc: "germanywestcentral",
  norwaye: "norwayeast",
  norwayw: "norwaywest",
  southfrance: "francesouth",
  switzerlandn: "switzerlandnorth",
  switzerlandw: "switzerlandwest",
  usstagec: "southcentralusstg",
  usstagee: "eastusstg",
};

/** The ARM location that a document's `region` means; null for a tag of no region. */
export function locationOf(region: string): string | null {
  const name = armLocation(region);
  return name === "" ? null : (locations[name] ?? name);
}
