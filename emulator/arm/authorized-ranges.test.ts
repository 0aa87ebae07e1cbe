import { expect, test } from "vitest";
import { type RangeFacts, rangesToKeep } from "./authorized-ranges";

const open: RangeFacts = { isPrivate: false, vnetIntegration: false, loadBalancerSku: "standard" };
const many = (count: number) => Array.from({ length: count }, (_, index) => `20.1.${index >> 8}.${index & 255}/32`);

test("what AKS takes is kept in order, a bare address as a /32", () => {
  const asked = ["20.42.0.245", "AzureMachineLearning.EastUS", "203.0.113.0/28", "20.42.0.240/28"];
  expect(rangesToKeep(asked, open)).toEqual(["20.42.0.245/32", "AzureMachineLearning.EastUS", "203.0.113.0/28", "20.42.0.240/28"]);
  expect(rangesToKeep(["0.0.0.0/32"], open)).toEqual(["0.0.0.0/32"]);
  expect(rangesToKeep(["0.0.0.0/0", "20.42.0.240/28"], open)).toHaveLength(2);
  expect(rangesToKeep([], { ...open, isPrivate: true })).toEqual([]);
});

test.each([
  ["host bits", ["137.117.106.90/29"], "137.117.106.90/29"],
  ["IPv6", ["2603:1030:210:1::2c0/122"], "2603:1030:210:1::2c0/122"],
  ["a private range", ["10.0.0.0/8"], "not a public address range"],
  ["a part of a private range", ["192.168.4.0/24"], "not a public address range"],
  ["a shared range", ["100.64.0.0/10"], "not a public address range"],
  ["a prefix that is too long", ["20.1.2.3/33"], "neither"],
  ["an address that is none", ["20.1.2.256"], "neither"],
  ["two service tags", ["AzureCloud", "AzureMachineLearning"], "only one service tag"],
  ["the outbound address beside others", ["0.0.0.0/32", "20.1.2.3/32"], "0.0.0.0/32 is not allowed with other IP ranges"],
  ["no text", [7], "a list of texts"],
])("%s is refused", (_what, asked, words) => {
  expect(() => rangesToKeep(asked, open)).toThrow(words);
});

test("200 ranges are taken and 201 are not; with VNet integration the limit is 2,000", () => {
  expect(rangesToKeep(many(200), open)).toHaveLength(200);
  expect(() => rangesToKeep(many(201), open)).toThrow(
    "The number of APIServer Authorized IP Ranges is greater than the allowed value 200.",
  );
  const integrated = { ...open, vnetIntegration: true };
  expect(rangesToKeep(many(2000), integrated)).toHaveLength(2000);
  expect(() => rangesToKeep(many(2001), integrated)).toThrow("allowed value 2000.");
});

test("a private cluster and one with the basic load balancer take none", () => {
  expect(() => rangesToKeep(many(1), { ...open, isPrivate: true })).toThrow("private cluster");
  expect(() => rangesToKeep(many(1), { ...open, loadBalancerSku: "basic" })).toThrow("standard load balancer");
});
