import { expect, test } from "vitest";
import { DeploymentInputShape } from "./schema";
import { deploymentInput } from "./testing/facts";

const accepts = (input: unknown): boolean => DeploymentInputShape.safeParse(input).success;
const compute = (changes: object) => ({ ...deploymentInput(), compute: { ...deploymentInput().compute, ...changes } });
const made = (changes: object) => ({
  ...deploymentInput(),
  workspace: { use: "new", name: "ml-new", resourceGroup: "ml-rg", location: "eastus", ...changes },
});

test("a whole input comes through as it is", () => {
  expect(DeploymentInputShape.parse(deploymentInput())).toEqual(deploymentInput());
  expect(accepts({ ...deploymentInput(), extension: "present", binding: "made-by-attach" })).toBe(true);
  expect(accepts(made({}))).toBe(true);
});

test("binding and identity have defaults", () => {
  const { clusterId, workspace, extension, compute: own, bindingName } = deploymentInput();
  expect(
    DeploymentInputShape.parse({ clusterId, workspace, extension, bindingName, compute: { name: own.name, namespace: own.namespace } }),
  ).toEqual(deploymentInput());
});

test("a secret is refused where a reference belongs, and so is anything unknown", () => {
  const extension = { name: "azureml", settings: {}, protected: { sslKeyPemFile: "-----BEGIN PRIVATE KEY-----" } };
  expect(accepts({ ...deploymentInput(), extension })).toBe(false);
  expect(accepts({ ...deploymentInput(), extension: { ...extension, protected: { sslKeyPemFile: { ref: "k" } } } })).toBe(true);
  expect(accepts({ ...deploymentInput(), more: 1 })).toBe(false);
});

test.each(["azureml", "kube-system", "kube-public", "Ml", "-a", "a_b", "a".repeat(64), ""])("the namespace %j is refused", (namespace) => {
  expect(accepts(compute({ namespace }))).toBe(false);
});

test.each(["ab", "1ab", "a b", "abc-", "a".repeat(25)])("the compute's name %j is refused", (name) => {
  expect(accepts(compute({ name }))).toBe(false);
});

test("names that end with a hyphen are refused for a new workspace and its group", () => {
  expect(accepts(made({ name: "ml-new-" }))).toBe(false);
  expect(accepts(made({ resourceGroup: "ml-rg-" }))).toBe(false);
  expect(accepts(made({ location: "East US" }))).toBe(false);
});

test("ids are of the right type, and roles are for a workspace", () => {
  const { clusterId } = deploymentInput();
  expect(accepts({ ...deploymentInput(), workspace: { use: "existing", id: clusterId } })).toBe(false);
  expect(accepts({ ...deploymentInput(), clusterId: "/subscriptions/x" })).toBe(false);
  expect(accepts(compute({ identity: { type: "UserAssigned", id: clusterId } }))).toBe(false);
  expect(accepts({ ...deploymentInput(), binding: { role: "Microsoft.Security/pricings/mdc-response-operator" } })).toBe(false);
});

test("maps are bounded", () => {
  const settings = Object.fromEntries(Array.from({ length: 101 }, (_, index) => [`k${index}`, "x"]));
  expect(accepts({ ...deploymentInput(), extension: { name: "azureml", settings, protected: {} } })).toBe(false);
});
