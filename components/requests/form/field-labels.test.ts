import { expect, test } from "vitest";
import { fieldLabel } from "./field-labels";

test.each([
  ["compute.name", "Name of the compute"],
  ["roles.0", "Trusted access roles"],
  ["extension.settings.nginxIngress.controller", "nginxIngress.controller"],
  ["extension.protected.sslKeyPemFile", "sslKeyPemFile"],
  ["clusterId", "Cluster"],
  ["extra.0.range", "Further addresses"],
  ["somethingElse", "somethingElse"],
])("a field is called as the form calls it: %s", (path, label) => {
  expect(fieldLabel(path)).toBe(label);
});
