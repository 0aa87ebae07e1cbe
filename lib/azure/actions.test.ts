import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { allows, deploymentActions, registerAction } from "./actions";

type Role = { Name: string; Actions: string[]; NotActions: string[]; DataActions: string[] };
const roleOf = (file: string): Role => JSON.parse(readFileSync(`docs/azure-roles/${file}.json`, "utf8")) as Role;
const may = ({ Actions, NotActions }: Role, action: string): boolean => allows([{ actions: Actions, notActions: NotActions }], action);

test("the deployer's role allows every call of a deployment, and all that the executor's does", () => {
  const deployer = roleOf("deployer");
  const namespaces = ["Microsoft.ContainerService", "Microsoft.KubernetesConfiguration", "Microsoft.MachineLearningServices"];
  const needed = [...Object.values(deploymentActions), ...namespaces.map(registerAction), ...roleOf("executor").Actions];
  expect(needed.filter((action) => !may(deployer, action))).toEqual([]);
});

test("it allows nothing that no call needs: no cluster, workspace or secret is written, deleted or read out", () => {
  const deployer = roleOf("deployer");
  const cluster = "Microsoft.ContainerService/managedClusters";
  for (const action of [
    `${cluster}/write`,
    `${cluster}/delete`,
    `${cluster}/stop/action`,
    "Microsoft.MachineLearningServices/workspaces/write",
    "Microsoft.MachineLearningServices/workspaces/delete",
    "Microsoft.MachineLearningServices/workspaces/listKeys/action",
    "Microsoft.Authorization/roleAssignments/write",
  ])
    expect(may(deployer, action), action).toBe(false);
  expect(deployer.DataActions.filter((action) => !action.endsWith("/read"))).toEqual([`${cluster}/namespaces/write`]);
  expect(deployer.DataActions.filter((action) => /secrets|\*/.test(action))).toEqual([]);
});

test("the roles that deploy nothing gained no right of a deployment", () => {
  const shared = [deploymentActions.readProvider as string];
  for (const file of ["requester", "executor"])
    expect(Object.values(deploymentActions).filter((action) => !shared.includes(action) && may(roleOf(file), action))).toEqual([]);
});
