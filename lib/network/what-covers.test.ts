import { expect, it } from "vitest";
import { coverageOf } from "./coverage";
import { cluster, eastUs, eastUsIpv6 } from "./testing";
import { tagsHolding, whatCovers } from "./what-covers";

const tags = [
  {
    name: "AzureMachineLearning.EastUS",
    service: "AzureMachineLearning",
    region: "eastus",
    changeNumber: 3,
    prefixes: [...eastUs, eastUsIpv6],
  },
  { name: "AzureCloud.eastus", service: "", region: "eastus", changeNumber: 9, prefixes: ["20.42.0.0/17", "198.51.0.0/18"] },
];
const since = (name: string): string | null => (name.startsWith("AzureMachine") ? "2025-10-28T00:00:00Z" : null);
const asked = (
  address: string,
  authorizedRanges: string[],
  ledger = [{ prefix: "20.42.0.240/28", addedAt: "2025-11-10T00:00:00Z", purpose: "azure-ml" as const }],
) => {
  const answer = whatCovers(address, coverageOf(cluster({ authorizedRanges, ledger })), tagsHolding(address, tags, since));
  return "fault" in answer ? answer.fault : `${answer.state}: ${answer.sentence}`;
};

it("says what lets in an address, since when, and whose it is", () => {
  expect(asked("20.42.0.245", ["203.0.113.0/28", "20.42.0.240/28", "20.0.0.0/8", "20.0.0.0/8"])).toBe(
    "covered: 20.42.0.245 is let in by 20.42.0.240/28 (added 2025-11-10) and 20.0.0.0/8 (not added by Bindery). " +
      "It belongs to AzureMachineLearning.EastUS (20.42.0.240/28, since 2025-10-28), AzureCloud.eastus (20.42.0.0/17).",
  );
});

it.each([
  [
    "20.42.0.245",
    ["203.0.113.0/28"],
    "missing: 20.42.0.245 is not let in by any entry of the list. It belongs to AzureMachineLearning.EastUS",
  ],
  ["8.8.8.8", ["203.0.113.0/28"], "missing: 8.8.8.8 is not let in by any entry of the list. No service tag has it."],
  ["20.42.0.245", ["AzureMachineLearning.EastUS"], "covered: 20.42.0.245 is let in by AzureMachineLearning.EastUS (not added by Bindery)"],
  ["8.8.8.8", ["AzureMachineLearning.EastUS"], "missing: 8.8.8.8 is not let in"],
  ["8.8.8.8", [], "covered: 8.8.8.8 may call the API server."],
  ["8.8.8.8", ["0.0.0.0/0"], "covered: 8.8.8.8 may call the API server. The entry 0.0.0.0/0"],
  [
    "2603:1030:210:1::2c5",
    ["2603::/16"],
    "not-applicable: 2603:1030:210:1::2c5 is IPv6: no call from it reaches the API server's public address. It belongs to AzureMachineLearning.EastUS",
  ],
  ["2603:1030:210:1::2c5", [], "not-applicable: 2603:1030:210:1::2c5 is IPv6: no call from it reaches"],
  ["20.42.0.240/28", ["20.42.0.248/29", "20.42.0.240/29"], "is let in by 20.42.0.248/29 (not added by Bindery) and 20.42.0.240/29 (not"],
  [
    "48.211.42.128/26",
    ["AzureMachineLearning.EastUS", "48.211.42.176/28"],
    "covered: 48.211.42.128/26 is let in by AzureMachineLearning.EastUS",
  ],
  [
    "20.42.0.224/27",
    ["20.42.0.240/28"],
    "partial: 20.42.0.224/27 is let in only in part, by 20.42.0.240/28 (added 2025-11-10). No entry lets in 20.42.0.224/28.",
  ],
  ["8.8.8.8", ["AzureDevOps"], "unknown: What the entry “AzureDevOps” lets in is not known, and no other lets in 8.8.8.8."],
  ["8.8.8.8", ["AzureDevOps", "8.8.8.0/24"], "covered: 8.8.8.8 is let in by 8.8.8.0/24"],
  ["8.8.8.0/24", ["20.42.0.245/28", "8.8.8.0/25"], "no other lets in 8.8.8.128/25."],
  ["198.51.3.4", ["203.0.113.0/28"], "It belongs to AzureCloud.eastus (198.51.0.0/18)."],
  ["20.42.0.240/27", ["20.42.0.240/28"], "does not begin at its network address"],
  ["here", ["20.42.0.240/28"], "neither an IPv4 nor an IPv6 address"],
])("answers for %s with %j", (address, list, says) => {
  expect(asked(address, list)).toContain(says);
});

it("says of a private cluster that a list has no meaning there", () => {
  expect(whatCovers("8.8.8.8", coverageOf(cluster({ isPrivate: true })), [])).toMatchObject({
    state: "not-applicable",
    sentence: expect.stringContaining("The API server is private"),
  });
});

it("finds no tag for what is no address", () => {
  expect(tagsHolding("here", tags, since)).toEqual([]);
});
