import { deleteAction } from "@/lib/bindings/steps-of-plan";
import { releaseNamespace } from "../settings/derived";
import type { TeardownFacts, TeardownInput } from "./input";
import { select, type Selection } from "./selection";

/**
 * One step of a teardown. `detach`: a DELETE with `underlyingResourceAction=Detach` and never another, since `Delete` takes a cluster that
 * was attached the old way with it; `wait-gone`: until ARM knows the extension no more and its namespace is gone, some ten minutes.
 */
export type TeardownStep = {
  /** Unique: `detach:k8s-dev`. */
  id: string;
  title: string;
  expectSeconds: { typical: number; worst: number };
} & (
  | {
      do: "detach" | "delete-extension" | "delete-binding" /** ARM id. */;
      resourceId: string /** Azure action that it needs. */;
      action: string;
    }
  | { do: "wait-gone" /** ARM id of the extension. */; resourceId: string; namespace: string }
);

/**
 * The steps in the order in which they must be done: computes first, since without the extension they could be detached by force only;
 * then the extension, the wait for its namespace, and last the workspace's role bindings, once its last compute on the cluster is gone.
 * What is not there has no step. Whether they may be done at all, `checkTeardown` says.
 */
export function teardownSteps(input: TeardownInput, facts: TeardownFacts): TeardownStep[] {
  const selection = select(input, facts);
  return [
    ...selection.detached.map(
      (compute): TeardownStep => ({
        id: `detach:${compute.name}`,
        do: "detach",
        title: `Detach the compute ${compute.name}`,
        resourceId: compute.id,
        action: "Microsoft.MachineLearningServices/workspaces/computes/delete",
        expectSeconds: { typical: 60, worst: 600 },
      }),
    ),
    ...(input.extension === "delete" ? ofExtension(selection) : []),
    ...(facts.computes.state === "ok" && selection.kept.length === 0 ? ofBindings(selection) : []),
  ];
}

function ofExtension({ extension }: Selection): TeardownStep[] {
  if (extension === null) return [];
  const { id: resourceId, name } = extension;
  return [
    ...(extension.provisioningState === "Deleting"
      ? []
      : [
          {
            id: "delete-extension",
            do: "delete-extension" as const,
            title: `Delete the extension ${name}`,
            resourceId,
            action: "Microsoft.KubernetesConfiguration/extensions/delete",
            expectSeconds: { typical: 300, worst: 3_600 },
          },
        ]),
    {
      id: "wait-gone",
      do: "wait-gone",
      title: `Wait until ${name} and the namespace ${releaseNamespace} are gone`,
      resourceId,
      namespace: releaseNamespace,
      expectSeconds: { typical: 600, worst: 3_600 },
    },
  ];
}

const ofBindings = ({ bindings }: Selection): TeardownStep[] =>
  bindings.map(({ id, name }) => ({
    id: `delete-binding:${name}`,
    do: "delete-binding",
    title: `Delete the role binding ${name}`,
    resourceId: id,
    action: deleteAction,
    expectSeconds: { typical: 376, worst: 1_200 },
  }));
