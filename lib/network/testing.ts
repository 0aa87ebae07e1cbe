import { existsSync, readFileSync } from "node:fs";
import type { CoverageInput, CoverageWorkspace } from "./coverage";
import { type KnownRanges, tagRanges } from "./required";

/** A whole weekly file beside the repository, or where BINDERY_TEST_SERVICE_TAGS says; undefined where there is none, and its tests are skipped. */
export const weeklyFile: string | undefined = [
  process.env.BINDERY_TEST_SERVICE_TAGS,
  "../shared/data/ServiceTags_Public_20251028.json",
].find((path): path is string => path !== undefined && existsSync(path));

/** Text of that file. */
export const readWeeklyFile = (): string => (weeklyFile === undefined ? "" : readFileSync(weeklyFile, "utf8"));

/** IPv4 ranges of Azure ML in two paired regions (service tags of November 2025). */
export const eastUs = [
  "20.42.0.240/28",
  "20.62.135.208/28",
  "40.71.11.64/28",
  "40.78.227.32/28",
  "40.79.154.64/28",
  "48.211.42.128/27",
  "48.211.42.160/28",
  "52.255.214.109/32",
  "52.255.217.127/32",
];
export const westUs = ["13.86.195.35/32", "13.87.160.129/32", "20.66.6.48/28", "40.82.248.80/28", "40.112.242.176/28"];
export const eastUsIpv6 = "2603:1030:210:1::2c0/122";
export const westUsIpv6 = "2603:1030:a07::300/122";

/** A tag as the weekly file writes it. */
export const fileTag = (name: string, region: string, addressPrefixes: unknown[], changeNumber: unknown = 3) => ({
  name,
  id: name,
  properties: {
    changeNumber,
    region,
    regionId: region === "" ? 0 : 32,
    platform: "Azure",
    systemService: name.split(".")[0],
    addressPrefixes,
    networkFeatures: null,
  },
});

/** The same tag as ARM writes it. */
export const armTag = (name: string, region: string, addressPrefixes: unknown[], changeNumber = "3") => ({
  name,
  id: name,
  serviceTagChangeNumber: changeNumber,
  properties: { changeNumber, region, systemService: name.split(".")[0], addressPrefixes, state: "GA" },
});

/** A small document in the shape of the weekly file, two blanks to a level. */
export const fileOf = (values: unknown[], head: Record<string, unknown> = {}): string =>
  JSON.stringify({ changeNumber: 376, cloud: "Public", ...head, values }, null, 2);

/** A small document in ARM's shape. */
export const armOf = (values: unknown[]): string =>
  JSON.stringify({ name: "public", id: "/subscriptions/s", type: "x", changeNumber: "63", cloud: "Public", values });

/** Tags of Azure ML in two paired regions. */
export const azureMl = {
  eastUs: fileTag("AzureMachineLearning.EastUS", "eastus", [...eastUs, eastUsIpv6]),
  westUs: fileTag("AzureMachineLearning.WestUS", "westus", [...westUs, westUsIpv6], 2),
};

const global = [...eastUs, ...westUs, ...Array.from({ length: 241 }, (_, at) => `20.200.${at}.0/28`)];

/** Two paired regions, one whose pair has no tag, one without a pair, and the tag of all regions with 255 IPv4 ranges. */
export const known: KnownRanges = {
  regional: new Map([
    ["eastus", tagRanges([...eastUs, eastUsIpv6])],
    ["westus", tagRanges([...westUs, westUsIpv6])],
    ["centralus", tagRanges(["20.9.0.0/28"])],
    ["qatarcentral", tagRanges(["20.21.32.0/28"])],
  ]),
  global: tagRanges(global),
  pairs: new Map([
    ["eastus", "westus"],
    ["westus", "eastus"],
    ["centralus", "eastus2"],
    ["qatarcentral", null],
  ]),
};

/** A workspace of East US without a binding. */
export const workspace = (change: Partial<CoverageWorkspace> = {}): CoverageWorkspace => ({
  id: "/subscriptions/s/resourceGroups/rg/providers/Microsoft.MachineLearningServices/workspaces/ml",
  name: "ml",
  region: "eastus",
  bindingInEffect: false,
  ...change,
});

const tags = new Map(
  Object.entries({ azuremachinelearning: global, "azuremachinelearning.eastus": [...eastUs, eastUsIpv6] }).map(([name, prefixes]) => [
    name,
    tagRanges(prefixes).map(({ cidr }) => cidr),
  ]),
);

/** A restricted cluster of East US that nobody attached a workspace to. */
export const cluster = (change: Partial<CoverageInput> = {}): CoverageInput => ({
  location: "eastus",
  authorizedRanges: ["203.0.113.0/28"],
  isPrivate: false,
  vnetIntegration: false,
  loadBalancerSku: "standard",
  outboundType: "loadBalancer",
  egress: { addresses: [] },
  workspaces: [],
  scope: "region-and-pair",
  known,
  tagOf: (name) => tags.get(name.toLowerCase()),
  isDoubtful: () => false,
  ledger: [],
  ...change,
});
