import { expect, test } from "vitest";
import { armLocation } from "./arm-location";

test.each([
  ["eastus", "eastus"],
  ["East US 2", "eastus2"],
  ["Germany West Central", "germanywestcentral"],
  ["", ""],
])("%j is the location %j", (written, location) => {
  expect(armLocation(written)).toBe(location);
});
