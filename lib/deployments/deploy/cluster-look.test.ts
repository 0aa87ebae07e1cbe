import { expect, test } from "vitest";
import { cluster } from "@/lib/bindings/testing";
import { goesDirect } from "./cluster-look";

test.each([
  [true, "is open", {}],
  [false, "has a list of authorized ranges, which may keep Bindery out", { authorizedIpRanges: ["203.0.113.0/28"] }],
  [true, "has such a list and no commands through Azure", { authorizedIpRanges: ["203.0.113.0/28"], runCommand: "off" as const }],
  [false, "takes no person's token", { entraManaged: false }],
])("whether the namespace is made through the API server itself: %s for a cluster that %s", (direct, _, changes) => {
  expect(goesDirect({ ...cluster, ...changes })).toBe(direct);
});
