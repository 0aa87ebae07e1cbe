import { describe, expect, test } from "vitest";
import { type DeployBody, deploymentLink, removeExtensionPath, type TeardownBody } from "../link";
import { bindingNameOf, bodyOfDeploy, deployDraft, missingOfDeploy } from "./draft";
import { bodyOfTeardown, missingOfTeardown, teardownDraft } from "./teardown-draft";

const group = "/subscriptions/7b1f0c2e-1111-4222-8333-944445555666/resourceGroups/rg-ml/providers";
const clusterId = `${group}/Microsoft.ContainerService/managedClusters/aks`;
const workspaceId = `${group}/Microsoft.MachineLearningServices/workspaces/mlw_dev`;

const deploy: DeployBody = {
  kind: "ml-deploy",
  clusterId,
  workspace: { use: "existing", id: workspaceId },
  extension: {
    name: "azureml",
    settings: { enableTraining: "True", "nodeSelector.pool": "a b&c" },
    protected: {},
    version: "1.1.74",
    autoUpgrade: false,
  },
  compute: { name: "k8s-dev", namespace: "ml-ops", identity: { type: "SystemAssigned" } },
  binding: "made-by-attach",
  bindingName: "ml-dev",
  network: "open-missing",
  reason: "Again & again",
  ticket: "CHG-1",
};
const teardown: TeardownBody = { kind: "ml-teardown", clusterId, workspaceId, computes: ["a", "b"], extension: "delete", reason: "Over" };
const queryOf = (link: string): Record<string, string> => Object.fromEntries(new URL(link, "http://localhost").searchParams);

describe("a link to the form", () => {
  test.each<[string, DeployBody]>([
    ["a workspace that is there, the attach's own binding", deploy],
    [
      "a new workspace, the list of ranges left as it is",
      { ...deploy, network: "leave", workspace: { use: "new", name: "mlw-new", resourceGroup: "rg", location: "westeurope" } },
    ],
    [
      "the extension that is there, an identity, a role",
      {
        ...deploy,
        extension: "present",
        compute: {
          name: "k8s-dev",
          namespace: "ml-ops",
          identity: { type: "UserAssigned", id: `${group}/Microsoft.ManagedIdentity/userAssignedIdentities/id` },
        },
        binding: { role: "Microsoft.MachineLearningServices/workspaces/inference-v1" },
      },
    ],
  ])("opens it with the very request: %s", (_, body) => {
    expect(bodyOfDeploy(deployDraft(queryOf(deploymentLink(body))))).toEqual(body);
  });

  test.each<[string, TeardownBody]>([
    ["chosen computes", teardown],
    ["all of them, and the extension stays", { ...teardown, computes: "all", extension: "keep" }],
  ])("opens a teardown likewise: %s", (_, body) => {
    expect(bodyOfTeardown(teardownDraft(queryOf(deploymentLink(body))))).toEqual(body);
  });

  test("carries no reference of a protected value, which serves one request alone", () => {
    const sealed = { name: "azureml", settings: { enableInference: "True" }, protected: { sslKeyPemFile: { ref: "ref-1" } } };
    expect(decodeURIComponent(deploymentLink({ ...deploy, extension: sealed }))).not.toContain("ref-1");
  });

  test("carries the key of a protected value, to be entered anew before it is sent", () => {
    const key = "azure_log_analytics.connection_string";
    const sealed = { name: "azureml", settings: { enableTraining: "True" }, protected: { [key]: { ref: "ref-1" } } };
    const draft = deployDraft(queryOf(deploymentLink({ ...deploy, extension: sealed })));
    expect(missingOfDeploy(draft)).toEqual([`value of ${key}`]);
    expect(bodyOfDeploy(draft).extension).toMatchObject({ protected: {} });
    const entered = { ...draft, extension: { ...draft.extension, protected: { [key]: { ref: "ref-2" } } } };
    expect(missingOfDeploy(entered)).toEqual([]);
    expect(bodyOfDeploy(entered).extension).toMatchObject({ protected: { [key]: { ref: "ref-2" } } });
  });

  test("that was cut short opens the form all the same", () => {
    expect(deployDraft({ extension: '{"name":"azu' }).extension).toEqual({ name: "azureml", settings: {}, protected: {} });
  });
});

describe("the draft", () => {
  test("names what is still needed, in the order of the form", () => {
    expect(missingOfDeploy(deployDraft({}))).toEqual(["cluster", "workspace", "settings", "compute", "namespace"]);
    expect(missingOfDeploy(deployDraft({ newWorkspace: " ", extension: "present" }))).toEqual([
      "cluster",
      "workspace's name",
      "resource group",
      "region",
      "compute",
      "namespace",
    ]);
  });

  test("calls a binding that nobody named after the workspace, as far as Azure takes it", () => {
    expect(bindingNameOf(deployDraft({ workspace: workspaceId }))).toBe("ml-mlw-dev");
    expect(bindingNameOf(deployDraft({ newWorkspace: "a-very-long-workspace-name-" }))).toBe("ml-a-very-long-workspace");
  });
});

test("a teardown of the extension alone needs no workspace; one that keeps it does", () => {
  const draft = teardownDraft(queryOf(removeExtensionPath(deploy.clusterId)));
  expect(missingOfTeardown(draft)).toEqual([]);
  expect(bodyOfTeardown(draft)).toMatchObject({ workspaceId: null, extension: "delete", computes: "all" });
  expect(missingOfTeardown({ ...draft, deletesExtension: false })).toEqual(["workspace, or that the extension is deleted"]);
  expect(missingOfTeardown({ ...draft, workspaceId: "mlw" })).toEqual(["workspace, or that the extension is deleted"]);
});
