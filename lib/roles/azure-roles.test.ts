import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { allows } from "@/lib/azure/actions";
import { rolesThatHave } from "./azure-roles";

const custom = (file: string) => {
  const { Actions, NotActions } = JSON.parse(readFileSync(`docs/azure-roles/${file}.json`, "utf8")) as Record<string, string[]>;
  return [{ actions: Actions ?? [], notActions: NotActions ?? [] }];
};

test.each([
  [
    "Microsoft.ContainerService/managedClusters/trustedAccessRoleBindings/write",
    "Azure Kubernetes Service Contributor Role, or Bindery Executor (custom), or Bindery Deployer (custom)",
  ],
  ["Microsoft.KubernetesConfiguration/extensions/write", "Kubernetes Extension Contributor, or Bindery Deployer (custom), or Contributor"],
  ["Microsoft.MachineLearningServices/workspaces/computes/write", "Bindery Deployer (custom), or Contributor"],
  ["Microsoft.Authorization/roleAssignments/write", "a role that your Azure administrators name"],
])("an action that is missing has its roles named, and our own ones have it in their files: %s", (action, words) => {
  expect(rolesThatHave([action])).toBe(words);
  for (const [name, file] of [
    ["Bindery Executor", "executor"],
    ["Bindery Deployer", "deployer"],
  ] as const)
    expect(allows(custom(file), action) || !words.includes(name)).toBe(true);
});

test("several actions are answered by roles that have them all", () => {
  expect(
    rolesThatHave(["Microsoft.KubernetesConfiguration/extensions/write", "Microsoft.ContainerService/managedClusters/runcommand/action"]),
  ).toBe("Bindery Deployer (custom), or Contributor");
});
