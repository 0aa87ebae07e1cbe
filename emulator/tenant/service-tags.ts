import { type TagRegion, tagRegions } from "./service-tag-regions";

/** A service tag: `region` "" and `regionId` 0 of a global one, prefixes in CIDR, IPv4 before IPv6. `networkFeatures` null of most regional ones. */
export type ServiceTag = {
  name: string;
  changeNumber: number;
  region: string;
  regionId: number;
  systemService: string;
  networkFeatures: string[] | null;
  addressPrefixes: string[];
};

const everywhere = ["API", "NSG", "UDR", "FW"];
let made: ServiceTag[] | null = null;

/**
 * The tags of the first edition. Those of Azure Machine Learning in the tenant's regions are Azure's own; the rest is made up by rule in
 * 4.144.0.0/12, which is Microsoft's, and is as large as it must be for a cluster: neither the global tag of Azure Machine Learning nor any
 * `AzureCloud` of a tenant's region fits in 200 ranges.
 */
export function firstTags(): ServiceTag[] {
  made ??= make();
  return made;
}

function make(): ServiceTag[] {
  const machineLearning = tagRegions.map((one, index) =>
    regional(
      one,
      `AzureMachineLearning.${one.tag}`,
      "AzureMachineLearning",
      one.machineLearning?.changeNumber ?? 2,
      mlPrefixes(one, index),
    ),
  );
  const clouds = tagRegions.map((one, index) => ({
    ...regional(one, `AzureCloud.${one.region}`, "", 185, cloudPrefixes(one, index)),
    networkFeatures: ["API", "NSG"],
  }));
  const storage = tagRegions.map((one, index) => ({
    ...regional(one, `Storage.${one.tag}`, "AzureStorage", 48, slices(index, 4, 24)),
    networkFeatures: everywhere,
  }));
  return [
    whole("AzureActiveDirectory", "AzureAD", 26, slices(100, 30, 27)),
    { ...whole("AzureCloud", "", 273, clouds.flatMap(prefixesOf)), networkFeatures: ["API", "NSG"] },
    ...clouds,
    whole("AzureContainerRegistry", "AzureContainerRegistry", 96, slices(101, 60, 28)),
    whole("AzureDevOps", "AzureDevOps", 8, slices(102, 12, 24)),
    whole("AzureFrontDoor.Backend", "", 21, slices(103, 24, 27)),
    whole("AzureMachineLearning", "AzureMachineLearning", 53, [...machineLearning.flatMap(prefixesOf), "48.219.193.0/27"]),
    ...machineLearning,
    whole("AzureMachineLearningInference", "AzureMachineLearningInference", 20, slices(104, 100, 28)),
    whole("Storage", "AzureStorage", 54, storage.flatMap(prefixesOf)),
    ...storage,
  ];
}

function whole(name: string, systemService: string, changeNumber: number, prefixes: string[]): ServiceTag {
  return { name, changeNumber, region: "", regionId: 0, systemService, networkFeatures: everywhere, addressPrefixes: inOrder(prefixes) };
}

function regional(one: TagRegion, name: string, systemService: string, changeNumber: number, prefixes: string[]): ServiceTag {
  const { region, id: regionId } = one;
  return { name, changeNumber, region, regionId, systemService, networkFeatures: null, addressPrefixes: inOrder(prefixes) };
}

/** Each prefix once, IPv4 first, as the real file has them. */
export function inOrder(prefixes: string[]): string[] {
  const once = [...new Set(prefixes)];
  return [...once.filter((one) => !one.includes(":")), ...once.filter((one) => one.includes(":"))];
}

function prefixesOf(tag: ServiceTag): string[] {
  return tag.addressPrefixes;
}

function mlPrefixes({ machineLearning }: TagRegion, index: number): string[] {
  return machineLearning?.prefixes.split(" ") ?? [...slices(index, 7, 28), `2603:1040:${(0x2000 + index).toString(16)}::300/122`];
}

/** Everything of a region: what surrounds its Azure Machine Learning prefixes, and of a tenant's region 256 small pieces, as Azure's are in pieces too. */
function cloudPrefixes(one: TagRegion, index: number): string[] {
  if (one.machineLearning === undefined) return [`${blockOf(index)}.0/19`, `2603:1040:${(0x2000 + index).toString(16)}::/48`];
  const around = one.machineLearning.prefixes.split(" ").map((prefix) => (prefix.includes(":") ? prefix : surrounding(prefix)));
  return [...around, ...slices(index, 256, 28)];
}

/** The /20 around a smaller IPv4 prefix. */
function surrounding(prefix: string): string {
  const [first, second, third = "0"] = prefix.split(".");
  return `${first}.${second}.${Number(third) & 0xf0}.0/20`;
}

/** The first three parts of the /19 that a region (0–127) has in 4.144.0.0/12. */
function blockOf(index: number): string {
  return `4.${144 + (index >> 3)}.${(index & 7) * 32}`;
}

/** At most 256 prefixes of 24 to 28 bits that do not touch each other, in the /19 of a region. */
function slices(index: number, count: number, bits: number): string[] {
  const step = 2 ** (32 - bits);
  const [first = "", second = "", third = "0"] = blockOf(index).split(".");
  return Array.from({ length: count }, (_, number) => {
    const at = number * step * 2;
    return `${first}.${second}.${Number(third) + (at >> 8)}.${at & 255}/${bits}`;
  });
}
