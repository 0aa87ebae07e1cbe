import type { Compute } from "@/lib/azure/deployment-types";
import { sameId } from "@/lib/kernel/resource-id";
import { block, type Check, type Look, notVerified, ok, type PreflightCheck, warn, whyUnread } from "../check";

const name = { key: "compute-name", group: "attach", title: "Compute", field: "compute.name" } as const;
const namespace = { key: "namespace", group: "attach", title: "Namespace", field: "compute.namespace" } as const;
const defaultNamespace = "default";

/** The compute's name in the workspace, and its namespace in the cluster. */
export const checkAttach: Check = (look) => [nameOf(look), namespaceOf(look)];

function nameOf({ input, facts: { computes } }: Look): PreflightCheck {
  if (input.workspace.use === "new") return ok(name, "A new workspace has no computes.");
  if (computes.state !== "ok") return notVerified(name, `Whether the name is free: the computes cannot be read ${whyUnread(computes)}.`);
  const wanted = input.compute.name.toLowerCase();
  const found = computes.value.find((one) => one.name.toLowerCase() === wanted);
  if (found === undefined) return ok(name, "No compute of the workspace has this name.");
  if (!isSame(found, input.clusterId, input.compute.namespace))
    return block(
      name,
      `The workspace has a compute ${found.name} already, and it is ${wordsOf(found)}.`,
      "Choose another name. A compute's cluster and namespace cannot be changed: detach it to use its name.",
    );
  if (found.provisioningState === "Succeeded")
    return ok(name, `The compute ${found.name} is attached to this cluster and namespace already: nothing needs to be attached.`);
  if (found.provisioningState === "Deleting") return block(name, `The compute ${found.name} is being detached.`, "Wait until it is gone.");
  return warn(
    name,
    `The compute ${found.name} is there for this cluster and namespace, in state ${found.provisioningState}.`,
    "The run attaches it anew. If it stays so, detach it first.",
  );
}

function isSame(found: Compute, clusterId: string, wanted: string): boolean {
  return (
    found.computeType.toLowerCase() === "kubernetes" &&
    found.resourceId !== null &&
    sameId(found.resourceId, clusterId) &&
    (found.namespace ?? defaultNamespace) === wanted
  );
}

function wordsOf({ computeType, resourceId, namespace: own }: Compute): string {
  if (computeType.toLowerCase() !== "kubernetes") return `of the type ${computeType}`;
  return `for ${resourceId?.split("/").at(-1) ?? "another cluster"} in the namespace ${own ?? defaultNamespace}`;
}

// AML-Kubernetes#26: an attach neither makes nor checks the namespace, and jobs then wait for ever.
function namespaceOf({ input, facts: { namespaces } }: Look): PreflightCheck {
  const wanted = input.compute.namespace;
  if (namespaces.state !== "ok")
    return notVerified(
      namespace,
      `Whether the namespace ${wanted} is there cannot be read ${whyUnread(namespaces)}.`,
      "The run makes it if it is not there.",
    );
  const found = namespaces.value.find((one) => one.name === wanted);
  if (found === undefined) return ok(namespace, `The namespace ${wanted} is not there yet: the run makes it.`);
  if (found.phase === "Terminating")
    return block(namespace, `The namespace ${wanted} is being deleted.`, "Wait until it is gone, or choose another.");
  return ok(namespace, `The namespace ${wanted} is there.`);
}
