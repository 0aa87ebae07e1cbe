import { z } from "zod";
import type { Json } from "@/lib/kernel/json";
import { BinderyError } from "@/lib/kernel/errors";
import { parseResourceId } from "@/lib/kernel/resource-id";
import { apiVersions, deploymentBody } from "./deployment-calls";
import type { TemplateDeployment } from "./deployment-types";
import { errorOf } from "./observe";
import { callArm, getJson } from "./pipeline";
import { submitWrite } from "./raw-write";
import { readable } from "./readable";
import type { AcceptedWrite } from "./trusted-access";
import type { AzureCaller, Readable } from "./types";

const ArmDeployment = z.object({
  id: z.string(),
  properties: z.object({ provisioningState: z.string().nullish(), outputs: z.json().nullish(), error: z.unknown().optional() }),
});

/** A template deployment of a resource group. `absent` is a proven 404. */
export async function getDeployment(caller: AzureCaller, deploymentId: string): Promise<Readable<TemplateDeployment>> {
  const id = deploymentIdFrom(deploymentId);
  return readable(() => callArm(caller, async (arm) => deploymentOf(await getJson(arm, `${id}?api-version=${apiVersions.deployments}`))));
}

/**
 * Deploys a template into a resource group, in mode Incremental and no other, and gives back as soon as ARM took it. The caller must carry this
 * very write as `plannedWrite`; sent once, as `sendWrite` says.
 */
export async function putDeployment(
  caller: AzureCaller,
  deploymentId: string,
  { template, parameters }: { template: Json; parameters: Json },
): Promise<AcceptedWrite> {
  const body = deploymentBody(template, parameters);
  return submitWrite(caller, { method: "PUT", resourceId: deploymentIdFrom(deploymentId), apiVersion: apiVersions.deployments, body });
}

function deploymentIdFrom(id: string): string {
  const parts = parseResourceId(id);
  if (parts.type.toLowerCase() !== "microsoft.resources/deployments" || parts.resourceGroup === null)
    throw new BinderyError("invalid_input", `${id} is not the id of a template deployment in a resource group.`);
  return parts.id;
}

function deploymentOf(json: unknown): TemplateDeployment {
  const { id, properties } = ArmDeployment.parse(json);
  const error = errorOf(properties.error);
  // The outer message sends its reader to the operations; what went wrong is in the details.
  const said = error === null ? [] : [error.message, ...error.details.map((detail) => `${detail.code}: ${detail.message}`)];
  return {
    id,
    provisioningState: properties.provisioningState ?? "Unknown",
    outputs: properties.outputs ?? null,
    error: error === null ? null : { code: error.code, message: said.filter((part) => part !== "").join(" ") },
  };
}
