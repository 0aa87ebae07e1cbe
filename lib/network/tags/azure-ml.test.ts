import fc from "fast-check";
import { expect, it } from "vitest";
import { countsOf, isAzureMl } from "./azure-ml";

it("counts the ranges of each family", () => {
  fc.assert(
    fc.property(fc.nat({ max: 40 }), fc.nat({ max: 40 }), (ipv4, ipv6) => {
      const prefixes = [...Array<string>(ipv4).fill("20.42.0.0/24"), ...Array<string>(ipv6).fill("2603:1030::/48")];
      expect(countsOf(prefixes)).toEqual({ ipv4, ipv6 });
    }),
  );
});

it.each([
  ["AzureMachineLearning", true],
  ["azuremachinelearning.eastus", true],
  ["AzureMachineLearningInference", true],
  ["AzureCloud.eastus", false],
])("knows whether %s is of Azure ML: %s", (name, expected) => expect(isAzureMl({ name })).toBe(expected));
