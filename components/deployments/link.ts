import type { z } from "zod";
import type { DeployInput } from "@/lib/deployments/schema";

/** Address of the form of a deployment, filled in with an input. Protected values are not in it: they are entered anew. */
export function deploymentLink(input: z.input<typeof DeployInput>): string {
  const { extension, workspace, compute, binding } = input;
  const query = new URLSearchParams({
    kind: input.kind,
    cluster: input.clusterId,
    ...(workspace.use === "existing" ? { workspace: workspace.id } : {}),
    extension: JSON.stringify(extension === "present" ? extension : { ...extension, protected: {} }),
    compute: compute.name,
    namespace: compute.namespace,
    binding: input.bindingName,
    ...(binding === undefined || binding === "made-by-attach" || binding.role === undefined ? {} : { role: binding.role }),
    ...(input.reason === undefined ? {} : { reason: input.reason }),
  });
  return `/deployments/new?${query}`;
}
