import { describe, expect, test } from "vitest";
import { liveRules } from "@/lib/roles/testing";
import { deploymentFacts, deploymentInput, extension, readable, refused, withSettings } from "./preflight/testing/facts";
import { deploymentRisk } from "./risk";

const open = {
  enableInference: "True",
  inferenceRouterServiceType: "LoadBalancer",
  allowInsecureConnections: "True",
};
const closed = { ...open, internalLoadBalancerProvider: "azure" };
const codes = (...[input, facts]: [Parameters<typeof deploymentRisk>[0], Parameters<typeof deploymentFacts>[0]?]): string[] =>
  deploymentRisk(input, deploymentFacts(facts)).reasons.map(({ level, code }) => `${level} ${code}`);

test("installing the extension is critical by itself, in words", () => {
  const { level, reasons } = deploymentRisk(deploymentInput(), deploymentFacts());
  expect(level).toBe("critical");
  expect(reasons[0]).toMatchObject({ code: "extension-install" });
  expect(reasons.map(({ code }) => code)).toEqual(["extension-install", "proxy", "traffic-write", "workspace-runs-code"]);
});

test("attaching to an extension that is there is as risky as the role and what the workspace may run", () => {
  const { level, reasons } = deploymentRisk(
    deploymentInput({ extension: "present" }),
    deploymentFacts({ extensions: readable([extension()]) }),
  );
  expect(level).toBe("medium");
  expect(reasons.at(-1)?.text).toContain("ml-dev");
  const wide = { extensions: readable([extension()]), roleRules: readable(liveRules("inference-v1")) };
  expect(deploymentRisk(deploymentInput({ extension: "present" }), deploymentFacts(wide)).level).toBe("critical");
});

describe("endpoints", () => {
  test("on the internet over plain HTTP are critical on any cluster, whoever installed them", () => {
    expect(codes(withSettings(open))[0]).toBe("critical public-http");
    const there = { extensions: readable([extension({ settings: open })]) };
    expect(codes(deploymentInput({ extension: "present" }), there)[0]).toBe("critical public-http");
  });

  test("inside the network are not", () => {
    expect(codes(withSettings(closed))).not.toContain("critical public-http");
    const chart = { ...open, allowInsecureConnections: "False", "scoringFe.serviceType.internalLoadBalancer": "True" };
    expect(codes(withSettings(chart))).not.toContain("medium public-https");
  });

  test("on the internet over HTTPS are told", () => {
    expect(codes(withSettings({ ...open, allowInsecureConnections: "False" }))).toContain("medium public-https");
  });
});

test("what cannot be read counts as the worst", () => {
  const no = refused("x/read", "/");
  expect(codes(deploymentInput({ extension: "present" }), { extensions: no, roleRules: no }).slice(0, 2)).toEqual([
    "critical settings-unread",
    "critical role-unread",
  ]);
});

test("a new workspace is told with what it costs", () => {
  const input = deploymentInput({ workspace: { use: "new", name: "ml-new", resourceGroup: "rg", location: "eastus" } });
  expect(codes(input).at(-1)).toBe("low new-workspace");
});
