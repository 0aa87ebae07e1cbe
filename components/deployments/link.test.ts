import { expect, test } from "vitest";
import { deployInput } from "@/lib/deployments/testing";
import { deploymentLink } from "./link";

const queryOf = (input: Parameters<typeof deploymentLink>[0]) =>
  Object.fromEntries(new URL(deploymentLink(input), "http://x").searchParams);

test("the address of the form carries what was asked", () => {
  const input = deployInput({ reason: "Näher & besser" });
  expect(queryOf(input)).toMatchObject({
    kind: "ml-deploy",
    cluster: input.clusterId,
    compute: "k8s-dev",
    namespace: "ml-dev",
    binding: "ml-dev-mlworkload",
    role: "Microsoft.MachineLearningServices/workspaces/mlworkload",
    reason: "Näher & besser",
    extension: '{"name":"azureml","settings":{"enableTraining":"True"},"protected":{}}',
  });
});

test("it carries no reference to a protected value, and no role where the attachment makes the binding", () => {
  const query = queryOf(
    deployInput({
      binding: "made-by-attach",
      extension: { name: "azureml", settings: {}, protected: { sslKeyPemFile: { ref: "secret-ref" } } },
    }),
  );
  expect(JSON.stringify(query)).not.toContain("secret-ref");
  expect(query).not.toHaveProperty("role");
});
