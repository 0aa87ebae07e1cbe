import { expect, test } from "vitest";
import { CloudSchema, knownClouds } from "./cloud";

test("only a cloud that is not Azure may say where all API servers are", () => {
  const azure = knownClouds.AzurePublic;
  const isFit = (more: object): boolean => CloudSchema.safeParse({ ...azure, ...more }).success;
  expect(isFit({})).toBe(true);
  expect(isFit({ isAzure: false, kubernetesAddress: "127.0.0.1:6443" })).toBe(true);
  expect(isFit({ kubernetesAddress: "127.0.0.1:6443" })).toBe(false);
  for (const kubernetesAddress of ["", "127.0.0.1", "https://a:1", "a:b", "u@a:1", "a:1/x"])
    expect(isFit({ isAzure: false, kubernetesAddress }), kubernetesAddress).toBe(false);
});
