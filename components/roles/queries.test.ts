import { expect, test } from "vitest";
import { chosenRegion } from "./queries";

const region = (subscriptionId: string, location: string, clusters: number) => ({
  subscriptionId,
  subscriptionName: subscriptionId,
  location,
  clusters,
});
const regions = [region("s1", "westeurope", 2), region("s1", "eastus", 5), region("s2", "uksouth", 3)];

test("an address that names both is taken at its word", () => {
  expect(chosenRegion([], { subscription: "s9", location: "norwayeast" })).toEqual({ subscription: "s9", location: "norwayeast" });
});

test("without an address the region with the most clusters is shown", () => {
  expect(chosenRegion(regions, {})).toEqual({ subscription: "s1", location: "eastus" });
});

test("a subscription alone keeps to its own regions", () => {
  expect(chosenRegion(regions, { subscription: "s2" })).toEqual({ subscription: "s2", location: "uksouth" });
});

test("without any cluster there is nothing to choose", () => {
  expect(chosenRegion([], {})).toBeNull();
});
