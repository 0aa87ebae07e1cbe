import { z } from "zod";
import { ClusterId, unhiddenName } from "@/lib/kernel/shapes";
import { asked } from "@/lib/requests/asked";
import { DeploymentInputShape, WorkspaceId } from "./preflight/schema";

/** Azure ML onto a cluster: the extension where there is none, the role binding, the namespace, and the attachment to a workspace. */
export const DeployInput = DeploymentInputShape.extend({
  kind: z.literal("ml-deploy"),
  /** On a cluster with authorized ranges: add those of Azure ML that are not let in, or leave the list as it is. */
  network: z.enum(["open-missing", "leave"]).default("open-missing"),
  ...asked,
});
export type DeployInput = z.infer<typeof DeployInput>;

/** Azure ML off a cluster: the computes of a workspace, the extension where asked, and the binding once its last compute is gone. */
export const TeardownInput = z.strictObject({
  kind: z.literal("ml-teardown"),
  clusterId: ClusterId,
  /** Null: the extension alone, of a cluster that no workspace uses. */
  workspaceId: WorkspaceId.nullable(),
  /** Names of the computes that are detached; `all`: every one of the workspace on this cluster. */
  computes: z.union([
    z.literal("all"),
    z
      .array(
        z
          .string()
          .trim()
          .min(1)
          .max(64)
          .refine(...unhiddenName),
      )
      .min(1)
      .max(50),
  ]),
  /** The extension serves every workspace that the cluster is attached to. */
  extension: z.enum(["delete", "keep"]),
  ...asked,
});
export type TeardownInput = z.infer<typeof TeardownInput>;
