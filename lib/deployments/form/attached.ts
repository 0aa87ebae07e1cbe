import type { Actor } from "@/lib/auth/actor";
import { callerFor } from "@/lib/auth/caller";
import { listComputes } from "@/lib/azure/computes";
import { mapReadable, shown } from "@/lib/azure/readable";
import type { Answer, QueryOut } from "@/lib/http/contract";
import { sameId } from "@/lib/kernel/resource-id";

/** Computes of a workspace that stand for a cluster, read live with the caller's own token. */
export async function readAttached(
  actor: Actor,
  { clusterId, workspaceId }: QueryOut<"GET /api/v1/deployments/attached">,
): Promise<Answer<"GET /api/v1/deployments/attached">> {
  const read = await listComputes(callerFor(actor), workspaceId);
  const here = mapReadable(read, (computes) =>
    computes
      .filter(({ resourceId }) => resourceId !== null && sameId(resourceId, clusterId))
      .map(({ name, namespace, provisioningState }) => ({ name, namespace, provisioningState })),
  );
  return { computes: shown(here) };
}
