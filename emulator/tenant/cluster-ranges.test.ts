import { BlockList } from "node:net";
import { expect, test } from "vitest";
import { rangesToKeep } from "../arm/authorized-ranges";
import { readIpv4 } from "../arm/ipv4";
import { machineLearningRanges } from "./cluster-ranges";
import { clusterSeeds } from "./cluster-seeds";
import { scaledFleet } from "./scale";

const facts = { isPrivate: false, vnetIntegration: false, loadBalancerSku: "standard" };
const rangesOf = (name: string) => clusterSeeds.find((one) => one.name === name)?.authorizedIpRanges ?? [];

/** How many of the wanted ranges lie whole, and how many only in part, in those of a cluster. */
function coverage(name: string, ...locations: string[]): { whole: number; part: number; all: number } {
  const list = new BlockList();
  for (const range of rangesOf(name).flatMap((one) => readIpv4(one) ?? [])) list.addSubnet(range.text, range.bits, "ipv4");
  const wanted = machineLearningRanges(...locations).map((one) => addressesOf(one).map((address) => list.check(address, "ipv4")));
  const whole = wanted.filter((one) => one.every(Boolean)).length;
  return { whole, part: wanted.filter((one) => one.some(Boolean)).length - whole, all: wanted.length };
}

/** Every address of a range. */
function addressesOf(cidr: string): string[] {
  const range = readIpv4(cidr);
  if (range === null) throw new Error(`${cidr} is no range.`);
  return Array.from({ length: 2 ** (32 - range.bits) }, (_, index) => {
    const address = range.address + index;
    return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join(".");
  });
}

test("AKS would take the ranges of every cluster, of the story and of the generated fleet", () => {
  const fleet = scaledFleet(400).map(({ cluster }) => cluster.properties.apiServerAccessProfile as { authorizedIPRanges?: string[] });
  const lists = [...clusterSeeds.map((one) => one.authorizedIpRanges), ...fleet.map((one) => one.authorizedIPRanges)];
  for (const list of lists) expect(rangesToKeep(list ?? [], facts)).toEqual(list ?? []);
});

test("production lacks ranges of its region, the shared cluster has all, and payments has one in part", () => {
  expect(coverage("aks-ml-prod", "eastus2", "centralus")).toEqual({ whole: 7, part: 0, all: 15 });
  expect(coverage("aks-ml-shared", "eastus2", "centralus")).toEqual({ whole: 15, part: 0, all: 15 });
  expect(coverage("aks-payments-prod", "westeurope", "northeurope")).toEqual({ whole: 2, part: 1, all: 14 });
});

test("one cluster names a service tag, one lets in its own outbound address alone, and the story's own is open", () => {
  expect(rangesOf("aks-data-science")).toContain("AzureMachineLearning.WestUS2");
  expect(rangesOf("aks-legacy-batch")).toEqual(["0.0.0.0/32"]);
  expect(rangesOf("aks-chaos-mesh-aks")).toEqual([]);
});

test("the generated fleet has every kind of cluster", () => {
  const profiles = scaledFleet(200).map(({ cluster }) => cluster.properties) as {
    apiServerAccessProfile: { enablePrivateCluster?: boolean; authorizedIPRanges?: string[] };
    networkProfile: { outboundType: string };
  }[];
  expect(new Set(profiles.map((one) => one.networkProfile.outboundType)).size).toBe(3);
  const isPrivate = profiles.filter((one) => one.apiServerAccessProfile.enablePrivateCluster === true);
  expect(isPrivate.length).toBeGreaterThan(5);
  expect(isPrivate.filter((one) => one.apiServerAccessProfile.authorizedIPRanges !== undefined)).toEqual([]);
  const counts = profiles.map((one) => one.apiServerAccessProfile.authorizedIPRanges?.length ?? 0);
  for (const [least, most] of [
    [0, 0],
    [2, 2],
    [3, 3],
    [4, 10],
    [11, 20],
  ] as const)
    expect(counts.filter((count) => count >= least && count <= most).length, `${least} to ${most} ranges`).toBeGreaterThan(5);
});
